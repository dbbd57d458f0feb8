using System.Diagnostics;

namespace Chunnel.Control;

/// <summary>How a job came into the queue.</summary>
public enum PendingSource
{
    /// <summary>Somebody submitted it.</summary>
    Submit,

    /// <summary>A new master found it waiting.</summary>
    Restore,
}

/// <summary>How REST spells it.</summary>
public static class PendingSourceNames
{
    extension(PendingSource source)
    {
        public string Name => source switch
        {
            PendingSource.Submit => "SUBMIT",
            PendingSource.Restore => "RESTORE",
            _ => throw new UnreachableException($"No name for {source}."),
        };
    }
}
