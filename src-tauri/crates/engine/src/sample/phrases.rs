//! What everybody writes, whatever the matter is.

/// How people begin.
pub(super) const GREET: [&str; 9] = [
    "Hello,", "Hi,", "Hi there,", "Hello support team,", "Good morning,", "Good afternoon,", "Dear support,",
    "Dear Halvern team,", "Hi all,",
];

/// How people end.
pub(super) const CLOSE: [&str; 10] = [
    "Thank you.",
    "Thanks in advance,",
    "Best regards,",
    "Kind regards,",
    "Regards,",
    "Thanks and best regards,",
    "Please let us know what you find.",
    "Please call me if you need access.",
    "Thanks for your help!",
    "Looking forward to hearing from you.",
];

/// What it means for the customer.
pub(super) const IMPACT: [&str; 15] = [
    "This blocks our daily work.",
    "We can work around it for a day or two, not longer.",
    "It is not urgent but annoying.",
    "Our month end is coming up, so we need this soon.",
    "About {n}0 people are affected.",
    "The rest of the system works normally.",
    "Only one user has reported it so far.",
    "Our customers are starting to complain.",
    "It happened {n} times this week.",
    "We have to do it by hand in the meantime.",
    "Is there anything we can do on our side?",
    "We are on version {version}.",
    "Version is {version}, nothing special in our set-up.",
    "This is our production system.",
    "In the test system we do not see it.",
];

/// First words of an agent who has nothing to ask yet.
pub(super) const RECEIVED: [&str; 6] = [
    "Thank you for your report. I am looking into it and will come back to you today.",
    "Thanks for getting in touch. I can see the entries in your log and will check them against earlier cases.",
    "Thank you, I have received your message. A first look shows nothing unusual, so I need a little more time.",
    "Thank you. I am trying to reproduce it here and will come back to you.",
    "Hello, I have taken over your ticket. I will let you know as soon as I have something.",
    "Thank you for calling. As agreed I have opened this ticket for you.",
];

/// What requesters say to an agent's question.
pub(super) const ANSWERED: [&str; 8] = [
    "Yes, that is the case. I have attached a screenshot.",
    "I checked it, and it is as you suspected.",
    "It is the setting you mention, we never touched it.",
    "As far as I can tell, yes. A colleague will confirm tomorrow.",
    "No, nothing like that on our side. Version is {version}.",
    "Here is what you asked for. It happened again at {clock}, user {user}.",
    "Sorry for the late reply, I was out of office. The answer is yes.",
    "Yes. We have one such case on {day}, {order}.",
];

/// What requesters say when they wait for long.
pub(super) const CHASE: [&str; 4] = [
    "Any news on this?",
    "Could you please give me an update?",
    "It happened again this morning. What is the status?",
    "My manager is asking. When can we expect an answer?",
];

/// What requesters say when it works.
pub(super) const THANKS: [&str; 7] = [
    "Works, thank you!",
    "Great, that did it. You can close the ticket.",
    "Confirmed, everything is fine again. Thanks for the quick help.",
    "Perfect, thank you very much.",
    "It works now. Please pass my thanks on to your colleague.",
    "👍 solved, thanks",
    "Thanks, all good since then.",
];

/// What requesters say when it does not last.
pub(super) const BACK: [&str; 3] = [
    "Unfortunately it is back. Same message as before, this time at {clock}.",
    "I have to reopen this, it worked for two days and now it fails again.",
    "The problem is not solved for all users. {user} still has it.",
];

/// What helped at the second attempt.
pub(super) const AGAIN: [&str; 3] = [
    "Sorry that it came back. The change had been made on one server only; it is on both now.",
    "I have applied the same steps for the remaining users and checked it with them on the phone.",
    "The setting had been overwritten by a deployment at your site. Entered it again and documented it for your IT.",
];

/// Notes of L1 for L2.
pub(super) const ESCALATED: [&str; 4] = [
    "To L2: not in the help pages, reproducible, log attached.",
    "Passing on to L2. Tried the usual steps without success.",
    "L2 please: customer has {n} users affected, version {version}, first seen {day}.",
    "Handing over, needs access to the configuration.",
];

/// Notes of L2 for L3.
pub(super) const ENGINEERING: [&str; 4] = [
    "To L3: reproducible on {version}, trace attached. Workaround given to the customer.",
    "Escalated to engineering. Asked: is this the known defect, and which version has the fix?",
    "L3 please have a look at the trace. Customer is informed.",
    "Needs somebody with access to the code. All details are above.",
];

/// Notes of L3 for L2.
pub(super) const RETURNED: [&str; 3] = [
    "Back to L2 with the answer, please inform the customer.",
    "Answered above. Nothing more to do for engineering at the moment.",
    "Analysis is done, returning the ticket. The workaround is enough for now.",
];

/// Notes of an engineering team for the other one.
pub(super) const BOUNCED: [&str; 2] = ["Not ours, this belongs to the platform team.", "Wrong team, passing on."];

/// Why a customer met an error that their version had left behind.
pub(super) const NEWER: [&str; 3] = [
    "{version} has the fix already, but one application server was still running the previous build. After \
     updating that one as well the error is gone.",
    "The version page says {version}; the service itself had not been restarted since the update. Restarted it, \
     works.",
    "Customer is on {version}, which has the fix. The old files were still in the cache of the load balancer. \
     Cache emptied, solved.",
];

/// Notes on tickets that stand still.
pub(super) const WAITING: [&str; 3] = [
    "Waiting for the customer's answer, second reminder sent.",
    "Customer is on holiday until next week.",
    "Maintenance window of the customer is on Saturday, then we continue.",
];

/// Second mails about a thing that was reported already.
pub(super) const FOLLOW: [&str; 4] = [
    "I wrote about this before, adding one more example: {order}.",
    "Same problem at my desk, my colleague has probably reported it already.",
    "Sorry, I forgot to say that it happens for all users in our company.",
    "Another case today at {clock}.",
];

/// Their titles.
pub(super) const FOLLOW_TITLE: [&str; 3] = ["Re: {title}", "Addition: {title}", "{title} (second mail)"];

/// What agents write when nothing is left to do for the customer.
pub(super) const DONE: [&str; 5] = [
    "Hello {first}, it should work now. Please try again and tell me if anything is left.",
    "Hello {first}, we have found the cause and removed it. Could you check on your side?",
    "Hello {first}, as discussed on the phone: it is done. I leave the ticket open until tomorrow in case you \
     notice anything.",
    "Hi {first}, this is solved now. Sorry for the trouble it caused.",
    "Hello {first}, done. Please confirm that it works for all users.",
];

/// What stands above the steps of a workaround.
pub(super) const STEPS: [&str; 4] = [
    "Hello {first}, please do the following:",
    "Hi {first}, these steps help until the fixed version is installed:",
    "Hello {first}, this has helped others with the same message:",
    "Hello {first}, please try these steps and tell me whether they help:",
];

/// Notes that point to an earlier case.
pub(super) const SAME: [&str; 3] = [
    "Same as {earlier}, see the notes there.",
    "Looks like {earlier}: same message, same version range.",
    "Compare {earlier}. The steps from there helped here as well.",
];

/// What is noted on a ticket that repeats another.
pub(super) const DUPLICATE: [&str; 3] = [
    "Second mail about {earlier}, answered there.",
    "Duplicate of {earlier}. The customer will be informed through that ticket.",
    "Same problem as {earlier} at the same company; everything is answered there.",
];

/// What agents write after they have explained something.
pub(super) const EXPLAINED: [&str; 4] = [
    "Hello {first}, as explained on the phone. I have also sent you the help page with pictures.",
    "Hello {first}, I have sent you the steps in a separate mail, because of the screenshots. Let me know whether \
     they answer your question.",
    "Hi {first}, thank you for the call. I am glad that it works that way for you.",
    "Hello {first}, the page in the online help describes it step by step. If a step is not clear, simply answer \
     to this mail.",
];
