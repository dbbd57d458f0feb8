namespace Chunnel.Control;

/// <summary>Why a pipeline is to end although nothing is wrong with it. No restore follows.</summary>
public enum StopCause
{
    /// <summary>The job was cancelled.</summary>
    Cancel,

    /// <summary>The job fails for another reason.</summary>
    JobFails,

    /// <summary>A savepoint was asked for before anything ran.</summary>
    NothingToSave,
}
