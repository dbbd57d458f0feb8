namespace Chunnel.Control;

/// <content>The queue of jobs that wait: only its head is looked at (engine.md 8.4).</content>
public static partial class SlotMachine
{
    private static void Enqueue(SlotDraft draft, SlotRequest request)
    {
        var wasEmpty = draft.State.Queue.IsEmpty;
        var ticket = draft.State.LastTicket + 1;
        draft.State = draft.State with
        {
            LastTicket = ticket,
            Queue = draft.State.Queue.Add(ticket, new() { Request = request, EnqueuedAt = draft.Now, ToldAt = draft.Now }),
            Tickets = draft.State.Tickets.Add((request.JobId, request.Number), ticket),
        };
        if (wasEmpty) Serve(draft);
        if (draft.State.Queue.ContainsKey(ticket)) draft.Answer(request.JobId, new JobEvent.SlotsPending(request.Number));
    }

    private static void Dequeue(SlotDraft draft, SlotRequest request)
    {
        var key = (request.JobId, request.Number);
        draft.State = draft.State with
        {
            Queue = draft.State.Queue.Remove(draft.State.Tickets[key]),
            Tickets = draft.State.Tickets.Remove(key),
        };
    }

    private static void Withdraw(SlotDraft draft, long jobId, long number)
    {
        if (!draft.State.Tickets.TryGetValue((jobId, number), out var ticket)) return;
        Dequeue(draft, draft.State.Queue[ticket].Request);
        Serve(draft);
    }

    /// <summary>Grants from the head on, as long as the head gets what it needs.</summary>
    private static void Serve(SlotDraft draft)
    {
        while (!draft.State.Queue.IsEmpty)
        {
            var (ticket, head) = draft.State.Queue.First();
            if (!TryGrant(draft, head.Request))
            {
                Lacks(draft, ticket, head);
                return;
            }
            Dequeue(draft, head.Request);
        }
    }

    private static void Lacks(SlotDraft draft, long ticket, PendingRequest head)
    {
        var shortage = SlotShortage.Of(head.Request, draft.State);
        if (shortage.IsLasting && head.Shortage?.IsLasting != true)
        {
            draft.Do(new SlotEffect.Say(head.Request.JobId, new($"The job waits, and the jobs behind it: {shortage.Text}", IsWarning: true)));
        }
        head = head with { Checks = head.Checks + 1, CheckedAt = draft.Now, Shortage = shortage };
        draft.State = draft.State with { Queue = draft.State.Queue.SetItem(ticket, head) };
    }

    private static void Check(SlotDraft draft)
    {
        if (draft.State.NextCheck is not { } due || draft.Now < due) return;
        draft.State = draft.State with { NextCheck = null };
        Serve(draft);
        foreach (var (ticket, waiting) in draft.State.Queue)
        {
            if (draft.Now - waiting.ToldAt < draft.State.Policy.WordInterval) continue;
            draft.State = draft.State with { Queue = draft.State.Queue.SetItem(ticket, waiting with { ToldAt = draft.Now }) };
            draft.Answer(waiting.Request.JobId, new JobEvent.SlotsPending(waiting.Request.Number));
        }
    }
}
