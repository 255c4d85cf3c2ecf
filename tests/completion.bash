# The completion in bash. usage: bash completion.bash SCRIPT
# shellcheck disable=SC1090
source "$1"
failures=0 checks=0

complete_words() { # words...: the last is being typed
  COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
  _backplan 2>/dev/null
}
has() { # candidate, words...
  local wanted=$1; shift
  complete_words "$@"; ((++checks))
  [[ " ${COMPREPLY[*]} " == *" $wanted "* ]] || { echo "FAIL: no '$wanted' for: $*: ${COMPREPLY[*]:0:8}"; ((++failures)); }
}
lacks() {
  local wanted=$1; shift
  complete_words "$@"; ((++checks))
  [[ " ${COMPREPLY[*]} " != *" $wanted "* ]] || { echo "FAIL: '$wanted' for: $*"; ((++failures)); }
}
has generate backplan ge
lacks screen backplan ge
has --minutes backplan generate --m
lacks --minutes backplan screen --m
has --routines backplan generate --ro
has yaml backplan generate -f y
has json backplan generate --format = j
has yaml backplan render plan.yaml --format ''
lacks text backplan generate -f y
has foam-roller backplan generate --have foam
has chair,wall backplan generate --have chair,wa
has cat-cow backplan show cat
has cat-cow backplan generate --include = cat
has superman,cat-cow backplan generate --exclude superman,ca
has cat-cow= backplan generate --swap cat
has childs-pose backplan generate --swap cat-cow = ch
has severity= backplan screen --answer sev
has exit-codes backplan help ex
has warm-up backplan list --phase wa
has generate backplan --no-user-routines ge
has log backplan help lo
# Commands within a command.
has on backplan log o
has export backplan log ''
has add backplan log --width 60 a
has --plot backplan log --p
lacks --note backplan log --n
has --note backplan log add --n
has --before backplan log add --note on --b
lacks --plot backplan log on --p
lacks off backplan log on o
has csv backplan log export -f c
# The value of a flag names no command.
has generate backplan --routines screen ge
has --minutes backplan generate -o list --m
has --before backplan log --width 60 add --b
cd "$(mktemp -d)" && touch 'my answers.yaml' && mkdir routines
complete_words backplan screen -a my
[[ ${COMPREPLY[0]} == 'my answers.yaml' ]] || { echo "FAIL: a file with a blank: ${COMPREPLY[0]}"; ((++failures)); }
has routines backplan --routines r
complete_words backplan --routines m
[[ ${#COMPREPLY[@]} == 0 ]] || { echo "FAIL: a file for a folder"; ((++failures)); }
complete_words backplan generate --minutes ''
[[ ${#COMPREPLY[@]} == 0 ]] || { echo "FAIL: minutes are guessed: ${COMPREPLY[*]}"; ((++failures)); }
COMP_WORDBREAKS=${COMP_WORDBREAKS//=/}
has --format=yaml backplan generate --format=y
has cat-cow=childs-pose backplan generate --swap cat-cow=ch
echo "$checks checks, $failures failures"
((failures == 0 && checks >= 34))
