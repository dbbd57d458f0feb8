using System.Diagnostics;

namespace Chunnel.Control;

/// <summary>Why a task group of a waiting job has no slot (rest-api.md 5.7).</summary>
public enum LackReason
{
    /// <summary>Its request is open: the job was not the head of the queue yet, or everything is there and it starts with the next look.</summary>
    WaitingSlotAssignment,

    /// <summary>The slots that fit are taken.</summary>
    ResourceNotEnough,

    /// <summary>No job that ends can help: no worker fits, or all that fit are too small.</summary>
    RequestFailed,
}

/// <summary>How REST spells it.</summary>
public static class LackReasonNames
{
    extension(LackReason reason)
    {
        public string Name => reason switch
        {
            LackReason.WaitingSlotAssignment => "WAITING_SLOT_ASSIGNMENT",
            LackReason.ResourceNotEnough => "RESOURCE_NOT_ENOUGH",
            LackReason.RequestFailed => "REQUEST_FAILED",
            _ => throw new UnreachableException($"No name for {reason}."),
        };
    }
}
