# The manual and the completion scripts, made from the definitions of the command line.
add_executable(backplan_manual
  src/manual/completion.cpp
  src/manual/definition.cpp
  src/manual/main.cpp
  src/manual/mdoc.cpp)
target_link_libraries(backplan_manual PRIVATE backplan_command_line)

# Of the last change; not of the build, so that the same source gives the same bytes.
set(manual_date "November 25, 2026")
set(manual_folder ${PROJECT_BINARY_DIR}/manual)
set(manual_files backplan.1 backplan.bash _backplan backplan.fish)
list(TRANSFORM manual_files PREPEND ${manual_folder}/)
file(MAKE_DIRECTORY ${manual_folder})
add_custom_command(
  OUTPUT ${manual_files}
  COMMAND backplan_manual ${manual_folder} ${manual_date}
  DEPENDS backplan_manual
  COMMENT "Writing the manual and the completion scripts"
  VERBATIM)
add_custom_target(backplan_manual_files ALL DEPENDS ${manual_files})
