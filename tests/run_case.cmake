# Runs one case: a folder of small files.
#   args       the arguments, one a line; @CASE@ is the folder, @SOURCE@ the checkout
#   stdin      what is typed; nothing when there is no such file
#   expected   the exact standard output
#   stderr     when there is such a file: the exact standard error
#   exit       the exit code; 0 when there is no such file
# UPDATE=1 in the environment rewrites expected, stderr and exit: then read the difference.
cmake_minimum_required(VERSION 3.25)
file(STRINGS ${CASE}/args args)
list(TRANSFORM args REPLACE "@CASE@" "${CASE}")
list(TRANSFORM args REPLACE "@SOURCE@" "${SOURCE}")
set(stdin /dev/null)
if(EXISTS ${CASE}/stdin)
  set(stdin ${CASE}/stdin)
endif()
# A home of its own: nothing of the person who runs the tests may show.
file(REMOVE_RECURSE ${WORK})
file(MAKE_DIRECTORY ${WORK})
execute_process(
  COMMAND ${CMAKE_COMMAND} -E env --unset=XDG_STATE_HOME --unset=XDG_DATA_HOME
    --unset=XDG_DATA_DIRS --unset=COLUMNS HOME=${WORK} ${PROGRAM} ${args}
  WORKING_DIRECTORY ${CASE} INPUT_FILE ${stdin}
  OUTPUT_VARIABLE stdout ERROR_VARIABLE stderr RESULT_VARIABLE exit)

if("$ENV{UPDATE}" STREQUAL "1")
  file(WRITE ${CASE}/expected "${stdout}")
  file(WRITE ${CASE}/exit "${exit}\n")
  if(EXISTS ${CASE}/stderr)
    file(WRITE ${CASE}/stderr "${stderr}")
  endif()
  return()
endif()

function(compare what found file default)
  set(expected "${default}")
  if(EXISTS ${CASE}/${file})
    file(READ ${CASE}/${file} expected)
  endif()
  if(NOT found STREQUAL expected)
    file(WRITE ${WORK}/${file} "${found}")
    execute_process(COMMAND diff -u ${CASE}/${file} ${WORK}/${file} OUTPUT_VARIABLE difference)
    message(SEND_ERROR "${what} differs:\n${difference}")
  endif()
endfunction()
compare("standard output" "${stdout}" expected "")
compare("exit code" "${exit}\n" exit "0\n")
if(EXISTS ${CASE}/stderr)
  compare("standard error" "${stderr}" stderr "")
endif()
