# Makes a plan whose steps take a second each, for sessions that are recorded: those that are sped up are not.
# Another version may have other times to get ready.
s/^  version: .*/  version: "0.0.1"/
s/^    sides: .*/    sides: "none"/
s/^    setup_seconds: .*/    setup_seconds: 0/
s/^    work_seconds: .*/    work_seconds: 1/
s/^      kind: .*/      kind: "repetitions"/
s/^      seconds: .*/      seconds: 1/
s/^      repetitions: .*/      repetitions: 1/
s/^      sets: .*/      sets: 1/
s/^      rest_seconds: .*/      rest_seconds: 0/
