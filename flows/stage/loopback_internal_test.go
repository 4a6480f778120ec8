package stage

import "testing"

func TestAClassroomHasItsThreePortsUnlessOthersAreGiven(t *testing.T) {
	for name, tt := range map[string]struct {
		options Options
		want    [3]string
	}{
		"a classroom":                        {Options{Classroom: true}, [3]string{"21217", "21218", "21219"}},
		"a classroom beside another":         {Options{Classroom: true, Ports: []int{4001, 4002, 4003}}, [3]string{"4001", "4002", "4003"}},
		"a classroom wherever there is room": {Options{Classroom: true, Ports: []int{0, 0, 0}}, [3]string{"0", "0", "0"}},
		"any other run":                      {Options{}, [3]string{"0", "0", "0"}},
		"a run that goes on":                 {Options{Ports: []int{4001, 4002, 4003}}, [3]string{"4001", "4002", "4003"}},
	} {
		for i, want := range tt.want {
			if got := tt.options.port(i); got != want {
				t.Errorf("%s: number %d of the cast listens on %s, want %s", name, i, got, want)
			}
		}
	}
}
