//! Every file of one afternoon, whole.

use snapbox::{assert_data_eq, str};

use super::csv_files;
use crate::report::fixture::{exercise, live};

#[test]
fn an_exercise_says_so_on_every_line_of_every_file() {
    for (name, bytes) in csv_files(&exercise()).unwrap() {
        let mut reader = ::csv::Reader::from_reader(bytes.as_slice());
        assert_eq!(&reader.headers().unwrap()[1], "mode");
        for row in reader.records() {
            assert_eq!(&row.unwrap()[1], "EXERCISE", "{name}");
        }
    }
}

fn sheet(name: &str) -> String {
    let files = csv_files(&live()).unwrap();
    let (_, bytes) = files.into_iter().find(|(file, _)| *file == name).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let (plain, crlf) = (text.matches('\n').count(), text.matches("\r\n").count());
    assert_eq!(plain - crlf, usize::from(matches!(name, "steps.csv" | "log.csv")), "the one note");
    text
}

#[test]
fn incident_csv() {
    assert_data_eq!(
        sheet("incident.csv"),
        str![[r#"
"incident","mode","title","site","state","playbook","playbook_version","t0","opened_at","opened_t_plus_min","ended_at","ended_t_plus_min","ended_by","ending_reason","missing_at_closing","cause","scope","services","counted_until","counted_until_t_plus_min","linked_from","clock","runbook_version","integrity_problems"
"email-outage-20260122-1405","live","Mail down at Main St","Main Street Pharmacy","closed","email-outage",2026.1,"2026-01-22T14:10:00-05:00","2026-01-22T14:05:00-05:00",-5,"2026-01-22T18:00:00-05:00",230,"Ana Diaz","","","","","email","2026-01-22T18:00:00-05:00",230,"","real","0.1.0",""

"#]]
    );
}

#[test]
fn steps_csv() {
    assert_data_eq!(
        sheet("steps.csv"),
        str![[r#"
"incident","mode","code","step","occurrence","phase","role","title","status","required","critical","due","due_t_plus_min","occurred_at","occurred_t_plus_min","recorded_at","late_entry","in_time","overdue","by","initials","option","answers","note","awaits_approval","approved_by","approved_at","waits_for","closed_by","record","acted_as","role_held_by","outside_role"
"email-outage-20260122-1405","live","I-01","notify-leadership",1,"immediate","incident-lead","notify leadership","done","true","true","2026-01-22T14:25:00-05:00",15,"2026-01-22T14:20:00-05:00",10,"2026-01-22T14:20:00-05:00","false","true","false","Ana Diaz","AD","","","told Dr. Okoro by phone
she tells the board","false","","","","","7@wf2f","incident-lead","Ana Diaz","false"
"email-outage-20260122-1405","live","I-02","scope",1,"immediate","incident-lead","scope","done","false","false","2026-01-22T14:40:00-05:00",30,"2026-01-22T14:30:00-05:00",20,"2026-01-22T14:30:00-05:00","false","true","false","Ana Diaz","","corporate","","three branches call","false","","","","","8@wf2f","incident-lead","Ana Diaz","false"
"email-outage-20260122-1405","live","I-03","corporate-briefing",1,"immediate","incident-lead","corporate briefing","done","false","false","2026-01-22T15:10:00-05:00",60,"2026-01-22T15:05:00-05:00",55,"2026-01-22T15:05:00-05:00","false","true","false","Ana Diaz","","","","","false","","","","","2@wa7a","incident-lead","Ana Diaz","false"
"email-outage-20260122-1405","live","I-03","corporate-briefing",2,"immediate","incident-lead","corporate briefing","closed","false","false","2026-01-22T17:10:00-05:00",180,"","","","","","false","","","","","","false","","","","","","","",""
"email-outage-20260122-1405","live","I-04","vendor-ticket",1,"immediate","it-lead","vendor ticket","done","false","false","2026-01-22T14:55:00-05:00",45,"2026-01-22T14:40:00-05:00",30,"2026-01-22T14:52:00-05:00","true","true","false","Ben Ito","","","ticket: INC0012345","","false","","","","","1@wa7a","it-lead","","true"
"email-outage-20260122-1405","live","R-01","validate-mail",1,"recovery","it-lead","validate mail","done","true","false","2026-01-22T16:30:00-05:00",140,"2026-01-22T16:20:00-05:00",130,"2026-01-22T16:20:00-05:00","false","true","false","Ben Ito","","","","","true","","","","","9@wa7a","it-lead","","true"

"#]]
    );
}

#[test]
fn log_csv() {
    assert_data_eq!(
        sheet("log.csv"),
        str![[r#"
"incident","mode","record","kind","occurred_at","t_plus_min","recorded_at","recorded_t_plus_min","late_entry","ahead_of_time","by","role","source","step","what","corrected_by","first_recorded_as","writer","seq","hash","accountable_role","role_held_by","outside_role","scribe"
"email-outage-20260122-1405","live","1@wf2f","incident_opened","2026-01-22T14:05:00-05:00",-5,"2026-01-22T14:05:00-05:00",-5,"false","false","Ana Diaz","incident-lead","typed","","opened: Mail down at Main St at Main Street Pharmacy (playbook email-outage 2026.1, live)","","","wf2f2f2f2f2f2f2f2f2f2f2f2f2f2f2f2",1,0101010101010101010101010101010101010101010101010101010101010101,"","","",""
"email-outage-20260122-1405","live","2@wf2f","role_assigned","2026-01-22T14:06:00-05:00",-4,"2026-01-22T14:06:00-05:00",-4,"false","false","Ana Diaz","incident-lead","typed","","assigned incident-lead: Ana Diaz","","","wf2f2f2f2f2f2f2f2f2f2f2f2f2f2f2f2",2,0202020202020202020202020202020202020202020202020202020202020202,"","","",""
"email-outage-20260122-1405","live","3@wf2f","milestone_marked","2026-01-22T13:45:00-05:00",-25,"2026-01-22T14:07:00-05:00",-3,"true","false","Ana Diaz","incident-lead","typed","","milestone onset for email","11@wf2f: happened 2026-01-22T13:45:00-05:00; first bounce in the log","2026-01-22T13:50:00-05:00","wf2f2f2f2f2f2f2f2f2f2f2f2f2f2f2f2",3,0303030303030303030303030303030303030303030303030303030303030303,"","","",""
"email-outage-20260122-1405","live","4@wf2f","milestone_marked","2026-01-22T14:07:00-05:00",-3,"2026-01-22T14:07:00-05:00",-3,"false","false","Ana Diaz","incident-lead","typed","","milestone detected","","","wf2f2f2f2f2f2f2f2f2f2f2f2f2f2f2f2",4,0404040404040404040404040404040404040404040404040404040404040404,"","","",""
"email-outage-20260122-1405","live","5@wf2f","incident_declared","2026-01-22T14:10:00-05:00",0,"2026-01-22T14:10:00-05:00",0,"false","false","Ana Diaz","incident-lead","typed","","T+0 declared","","","wf2f2f2f2f2f2f2f2f2f2f2f2f2f2f2f2",5,0505050505050505050505050505050505050505050505050505050505050505,"","","",""
"email-outage-20260122-1405","live","6@wf2f","step_begun","2026-01-22T14:12:00-05:00",2,"2026-01-22T14:12:00-05:00",2,"false","false","Ana Diaz","incident-lead","typed","notify-leadership","begun: I-01 notify-leadership","","","wf2f2f2f2f2f2f2f2f2f2f2f2f2f2f2f2",6,0606060606060606060606060606060606060606060606060606060606060606,"incident-lead","Ana Diaz","false",""
"email-outage-20260122-1405","live","7@wf2f","step_done","2026-01-22T14:20:00-05:00",10,"2026-01-22T14:20:00-05:00",10,"false","false","Ana Diaz","incident-lead","typed","notify-leadership","done: I-01 notify-leadership — initials AD; note told Dr. Okoro by phone
she tells the board","","","wf2f2f2f2f2f2f2f2f2f2f2f2f2f2f2f2",7,0707070707070707070707070707070707070707070707070707070707070707,"incident-lead","Ana Diaz","false",""
"email-outage-20260122-1405","live","8@wf2f","decision_taken","2026-01-22T14:30:00-05:00",20,"2026-01-22T14:30:00-05:00",20,"false","false","Ana Diaz","incident-lead","typed","scope","decided: I-02 scope: corporate (The whole company) — note three branches call","","","wf2f2f2f2f2f2f2f2f2f2f2f2f2f2f2f2",8,0808080808080808080808080808080808080808080808080808080808080808,"incident-lead","Ana Diaz","false",""
"email-outage-20260122-1405","live","9@wf2f","note_added","2026-01-22T14:31:00-05:00",21,"2026-01-22T14:31:00-05:00",21,"false","false","Ana Diaz","incident-lead","typed","","note (notification): [sealed]","","","wf2f2f2f2f2f2f2f2f2f2f2f2f2f2f2f2",9,0909090909090909090909090909090909090909090909090909090909090909,"","","",""
"email-outage-20260122-1405","live","10@wf2f","note_added","2026-01-22T14:32:00-05:00",22,"2026-01-22T14:32:00-05:00",22,"false","false","Ana Diaz","incident-lead","typed","","note (decision): no walk-in refills by e-mail today","","","wf2f2f2f2f2f2f2f2f2f2f2f2f2f2f2f2",10,"0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a","","","",""
"email-outage-20260122-1405","live","11@wf2f","record_corrected","2026-01-22T14:33:00-05:00",23,"2026-01-22T14:33:00-05:00",23,"false","false","Ana Diaz","incident-lead","typed","","correction of 3@wf2f: happened 2026-01-22 13:45 -05:00; first bounce in the log","","","wf2f2f2f2f2f2f2f2f2f2f2f2f2f2f2f2",11,"0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b","","","",""
"email-outage-20260122-1405","live","1@wa7a","step_done","2026-01-22T14:40:00-05:00",30,"2026-01-22T14:52:00-05:00",42,"true","false","Ben Ito","it-lead","typed","vendor-ticket","done: I-04 vendor-ticket — ticket: INC0012345","","","wa7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7",1,0101010101010101010101010101010101010101010101010101010101010101,"it-lead","","true",""
"email-outage-20260122-1405","live","2@wa7a","step_done","2026-01-22T15:05:00-05:00",55,"2026-01-22T15:05:00-05:00",55,"false","false","Ana Diaz","incident-lead","typed","corporate-briefing","done: I-03 corporate-briefing","","","wa7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7",2,0202020202020202020202020202020202020202020202020202020202020202,"incident-lead","Ana Diaz","false",""
"email-outage-20260122-1405","live","3@wa7a","role_handed_over","2026-01-22T15:30:00-05:00",80,"2026-01-22T15:30:00-05:00",80,"false","false","Ana Diaz","incident-lead","typed","","hand-over incident-lead: Ana Diaz to Ben Ito — note vendor calls at six","","","wa7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7",3,0303030303030303030303030303030303030303030303030303030303030303,"","","",""
"email-outage-20260122-1405","live","4@wa7a","note_added","2026-01-22T15:40:00-05:00",90,"2026-01-22T15:40:00-05:00",90,"false","false","Ben Ito","incident-lead","typed","","note (improvement): =HYPERLINK(""http://evil.example"") | <b>list</b> `x`","","","wa7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7",4,0404040404040404040404040404040404040404040404040404040404040404,"","","",""
"email-outage-20260122-1405","live","5@wa7a","note_added","2026-01-22T15:41:00-05:00",91,"2026-01-22T15:41:00-05:00",91,"false","false","Ana Diaz","incident-lead","typed","","note (safety): - one label mixed up, caught at the counter","","","wa7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7",5,0505050505050505050505050505050505050505050505050505050505050505,"","","",""
"email-outage-20260122-1405","live","6@wa7a","message_sent","2026-01-22T15:45:00-05:00",95,"2026-01-22T15:45:00-05:00",95,"false","false","Ana Diaz","incident-lead","typed","","message_sent: recorded by a newer version, which is needed to read it","","","wa7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7",6,0606060606060606060606060606060606060606060606060606060606060606,"","","",""
"email-outage-20260122-1405","live","7@wa7a","milestone_marked","2026-01-22T15:50:00-05:00",100,"2026-01-22T15:50:00-05:00",100,"false","false","Ana Diaz","incident-lead","typed","","milestone detected","","","wa7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7",7,0707070707070707070707070707070707070707070707070707070707070707,"","","",""
"email-outage-20260122-1405","live","8@wa7a","milestone_marked","2026-01-22T16:00:00-05:00",110,"2026-01-22T16:00:00-05:00",110,"false","false","Ana Diaz","incident-lead","typed","","milestone restored for email","","","wa7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7",8,0808080808080808080808080808080808080808080808080808080808080808,"","","",""
"email-outage-20260122-1405","live","9@wa7a","step_done","2026-01-22T16:20:00-05:00",130,"2026-01-22T16:20:00-05:00",130,"false","false","Ben Ito","it-lead","typed","validate-mail","done: R-01 validate-mail — milestone verified","","","wa7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7",9,0909090909090909090909090909090909090909090909090909090909090909,"it-lead","","true",""
"email-outage-20260122-1405","live","12@wf2f","incident_closed","2026-01-22T18:00:00-05:00",230,"2026-01-22T18:00:00-05:00",230,"false","false","Ana Diaz","incident-lead","typed","","closed","","","wf2f2f2f2f2f2f2f2f2f2f2f2f2f2f2f2",12,"0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c","","","",""
"email-outage-20260122-1405","live","13@wf2f","note_added","2026-01-22T17:30:00-05:00",200,"2026-01-22T18:10:00-05:00",240,"true","false","Ana Diaz","incident-lead","typed","","note (strength): call-back numbers were at hand","","","wf2f2f2f2f2f2f2f2f2f2f2f2f2f2f2f2",13,"0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d","","","",""

"#]]
    );
}

#[test]
fn decisions_csv() {
    assert_data_eq!(
        sheet("decisions.csv"),
        str![[r#"
"incident","mode","step","code","occurrence","question","option","option_title","because","stands","occurred_at","t_plus_min","recorded_at","late_entry","by","role","record"
"email-outage-20260122-1405","live","scope","I-02",1,"One branch or the whole company?","corporate","The whole company","three branches call","true","2026-01-22T14:30:00-05:00",20,"2026-01-22T14:30:00-05:00","false","Ana Diaz","incident-lead","8@wf2f"
"email-outage-20260122-1405","live","","","","","","","no walk-in refills by e-mail today","true","2026-01-22T14:32:00-05:00",22,"2026-01-22T14:32:00-05:00","false","Ana Diaz","incident-lead","10@wf2f"

"#]]
    );
}

#[test]
fn roles_csv() {
    assert_data_eq!(
        sheet("roles.csv"),
        str![[r#"
"incident","mode","role","title","held","person","deputy","from","from_t_plus_min","to","to_t_plus_min","minutes"
"email-outage-20260122-1405","live","incident-lead","Incident Lead","true","Ana Diaz","false","2026-01-22T14:06:00-05:00",-4,"2026-01-22T15:30:00-05:00",80,84
"email-outage-20260122-1405","live","incident-lead","Incident Lead","true","Ben Ito","false","2026-01-22T15:30:00-05:00",80,"","",150
"email-outage-20260122-1405","live","communications-lead","Communications Lead","false","","","2026-01-22T14:10:00-05:00",0,"2026-01-22T18:00:00-05:00",230,230

"#]]
    );
}

#[test]
fn milestones_csv() {
    assert_data_eq!(
        sheet("milestones.csv"),
        str![[r#"
"incident","mode","milestone","service","occurred_at","t_plus_min","recorded_at","late_entry","by","record"
"email-outage-20260122-1405","live","onset","email","2026-01-22T13:45:00-05:00",-25,"2026-01-22T14:07:00-05:00","true","Ana Diaz","3@wf2f"
"email-outage-20260122-1405","live","detected","","2026-01-22T14:07:00-05:00",-3,"2026-01-22T14:07:00-05:00","false","Ana Diaz","4@wf2f"
"email-outage-20260122-1405","live","detected","","2026-01-22T15:50:00-05:00",100,"2026-01-22T15:50:00-05:00","false","Ana Diaz","7@wa7a"
"email-outage-20260122-1405","live","acknowledged","","","","","","",""
"email-outage-20260122-1405","live","declared","","2026-01-22T14:10:00-05:00",0,"2026-01-22T14:10:00-05:00","false","Ana Diaz","5@wf2f"
"email-outage-20260122-1405","live","first-outreach","","","","","","",""
"email-outage-20260122-1405","live","first-reached","","","","","","",""
"email-outage-20260122-1405","live","restored","email","2026-01-22T16:00:00-05:00",110,"2026-01-22T16:00:00-05:00","false","Ana Diaz","8@wa7a"
"email-outage-20260122-1405","live","verified","","2026-01-22T16:20:00-05:00",130,"2026-01-22T16:20:00-05:00","false","Ben Ito","9@wa7a"
"email-outage-20260122-1405","live","relapsed","","","","","","",""
"email-outage-20260122-1405","live","stood-down","","","","","","",""

"#]]
    );
}

#[test]
fn kpis_csv() {
    assert_data_eq!(
        sheet("kpis.csv"),
        str![[r#"
"incident","mode","kpi","value","unit","target","met"
"email-outage-20260122-1405","live","time_to_detect",22,"min","",""
"email-outage-20260122-1405","live","time_to_acknowledge","","min","",""
"email-outage-20260122-1405","live","time_to_declare",3,"min",30,"true"
"email-outage-20260122-1405","live","onset_to_declare",25,"min","",""
"email-outage-20260122-1405","live","time_to_first_outreach","","min","",""
"email-outage-20260122-1405","live","time_to_first_reached","","min","",""
"email-outage-20260122-1405","live","high_risk_reached_12h","","share","",""
"email-outage-20260122-1405","live","downtime",155,"min",240,"true"
"email-outage-20260122-1405","live","step_on_time_rate",1,"share",0.9,"true"
"email-outage-20260122-1405","live","hand_over_gaps",230,"min","",""

"#]]
    );
}

#[test]
fn notes_csv() {
    assert_data_eq!(
        sheet("notes.csv"),
        str![[r#"
"incident","mode","kind","text","occurred_at","t_plus_min","recorded_at","late_entry","by","role","record"
"email-outage-20260122-1405","live","notification","[sealed]","2026-01-22T14:31:00-05:00",21,"2026-01-22T14:31:00-05:00","false","Ana Diaz","incident-lead","9@wf2f"
"email-outage-20260122-1405","live","decision","no walk-in refills by e-mail today","2026-01-22T14:32:00-05:00",22,"2026-01-22T14:32:00-05:00","false","Ana Diaz","incident-lead","10@wf2f"
"email-outage-20260122-1405","live","improvement","'=HYPERLINK(""http://evil.example"") | <b>list</b> `x`","2026-01-22T15:40:00-05:00",90,"2026-01-22T15:40:00-05:00","false","Ben Ito","incident-lead","4@wa7a"
"email-outage-20260122-1405","live","safety","'- one label mixed up, caught at the counter","2026-01-22T15:41:00-05:00",91,"2026-01-22T15:41:00-05:00","false","Ana Diaz","incident-lead","5@wa7a"
"email-outage-20260122-1405","live","strength","call-back numbers were at hand","2026-01-22T17:30:00-05:00",200,"2026-01-22T18:10:00-05:00","true","Ana Diaz","incident-lead","13@wf2f"

"#]]
    );
}
