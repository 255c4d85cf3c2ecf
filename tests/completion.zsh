# The completion in zsh, typed in a terminal of its own. usage: zsh -f completion.zsh SCRIPT
zmodload zsh/zpty || exit 1
script=${1:A}
work=$(mktemp -d)
trap 'rm -rf $work' EXIT
touch $work/answers.yaml
failures=0 checks=0

zpty shell zsh -f -i
say() { zpty -w shell "$1" }
# Reads until the marker; the shell may be slow on a loaded machine.
until_marker() {
  local piece; reply=
  repeat 600; do
    while zpty -r -t shell piece; do reply+=$piece; done
    [[ $reply == *"<end>"* ]] && return 0
    sleep 0.05
  done
  echo "FAIL: zsh does not answer: $reply"; exit 1
}
# Ctrl-T completes the line into a list and prints what could stand there, instead of a menu.
cat >$work/setup <<SETUP
PS1= PS2= ; unsetopt zle_bracketed_paste 2>/dev/null; cd $work
autoload -Uz compinit; compinit -u -D
source $script
compadd() {  # each candidate, with what stays before it
  [[ " \$* " == *" -O "* || " \$* " == *" -A "* || " \$* " == *" -D "* ]] && { builtin compadd "\$@"; return }
  local -a hits; builtin compadd -O hits "\$@"; local s=
  [[ " \$* " == *" -S = "* ]] && s==
  for h in \$hits; do print -r -- "\$IPREFIX\$h\$s" >>$work/out; done
  builtin compadd "\$@"
}
show() { : >$work/out; zle complete-word; BUFFER=; print -r -- '<'end'>' }
zle -N show; zle -C complete-word complete-word _main_complete
bindkey '^T' show; bindkey -e '^T' show
print -r -- '<'end'>'
SETUP
say "source $work/setup"
until_marker
ask() { zpty -w -n shell "$1"$'\x14'; until_marker; found=(${(f)"$(<$work/out)"}) }
has() {
  ask $2; ((++checks))
  (( $found[(Ie)$1] )) || { echo "FAIL: no '$1' for: $2: $found[1,8]"; ((++failures)) }
}
lacks() {
  ask $2; ((++checks))
  (( ! $found[(Ie)$1] )) || { echo "FAIL: '$1' for: $2"; ((++failures)) }
}
has generate 'backplan ge'
has --minutes 'backplan generate --m'
lacks --minutes 'backplan screen --'
has yaml 'backplan generate -f y'
lacks text 'backplan generate -f y'
has foam-roller 'backplan generate --have foam'
has chair,wall 'backplan generate --have chair,wa'
has cat-cow 'backplan show cat'
has cat-cow= 'backplan generate --swap cat'
has cat-cow=childs-pose 'backplan generate --swap cat-cow=ch'
has severity= 'backplan screen --answer sev'
has exit-codes 'backplan help ex'
has log 'backplan help lo'
has on 'backplan log o'
has export 'backplan log '
has --plot 'backplan log --p'
lacks --note 'backplan log --'
has --note 'backplan log add --n'
lacks --plot 'backplan log on --'
has csv 'backplan log export -f c'
has answers.yaml 'backplan log add an'
has answers.yaml 'backplan screen -a an'
zpty -d shell
echo "$checks checks, $failures failures"
((failures == 0 && checks == 22))
