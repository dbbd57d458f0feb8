using System.Diagnostics;
using Chunnel.Control;
using Chunnel.Engine;

namespace Chunnel.Server;

/// <summary>Reads <c>job-schedule-strategy</c> and <c>slot-service</c> of <c>seatunnel.yaml</c> (spec engine.md 8.3, 8.4, 12).</summary>
internal static class SlotYaml
{
    private const string Random = "RANDOM";
    private const string SlotRatio = "SLOT_RATIO";
    private const string SystemLoad = "SYSTEM_LOAD";

    /// <summary>What a document calls <c>REJECT</c>.</summary>
    private const string FailFast = "FAIL_FAST";

    public static SlotSettings Read(YamlSection engine, SlotSettings settings)
    {
        var slots = engine.Section("slot-service");
        var read = settings with
        {
            Schedule = engine.Choice("job-schedule-strategy", ScheduleStrategy.Reject.Name, ScheduleStrategy.Wait.Name, FailFast) switch
            {
                null => settings.Schedule,
                var wait when wait == ScheduleStrategy.Wait.Name => ScheduleStrategy.Wait,
                _ => ScheduleStrategy.Reject,
            },
            IsDynamic = slots.Bool("dynamic-slot") ?? settings.IsDynamic,
            Count = slots.Positive("slot-num") ?? settings.Count,
            Allocation = slots.Choice("slot-allocate-strategy", Random, SlotRatio, SystemLoad) switch
            {
                null => settings.Allocation,
                Random => SlotAllocation.Random,
                SlotRatio => SlotAllocation.SlotRatio,
                SystemLoad => SlotAllocation.SystemLoad,
                var other => throw new UnreachableException($"No strategy {other}."),
            },
        };
        if (read.IsDynamic && slots.Text("slot-num") is not null) slots.WarnNotCarriedOut("slot-num", "not looked at while dynamic-slot is true: slots are made as jobs ask for them.");
        slots.WarnOfOthers();
        return read;
    }
}
