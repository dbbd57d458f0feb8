namespace Chunnel.Control;

/// <summary>Why a slot is missing, as a word for programs and as a text for people.</summary>
public sealed record Lack(LackReason Reason, string Message)
{
    private static readonly Lack _open = new(LackReason.WaitingSlotAssignment, "Slot request still pending");
    private static readonly Lack _taken = new(LackReason.ResourceNotEnough, "No available slot profile");

    internal static Lack Of(SlotShortage? shortage) => shortage switch
    {
        null => _open,
        { IsLasting: true } => new(LackReason.RequestFailed, shortage.Text),
        _ => _taken,
    };
}
