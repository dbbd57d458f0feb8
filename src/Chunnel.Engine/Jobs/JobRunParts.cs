using Chunnel.Control;
using Microsoft.Extensions.Logging;

namespace Chunnel.Engine;

/// <summary>What a job's shell needs from the node.</summary>
internal sealed record JobRunParts
{
    public required TimeProvider Clock { get; init; }

    public required ILogger Log { get; init; }

    public required DeploymentParts Deployment { get; init; }

    public required SlotKeeper Slots { get; init; }

    /// <summary>Appends the decisions of one step to the control log, all or none, before anything follows from them.</summary>
    public required Func<IReadOnlyList<ControlRecord>, CancellationToken, ValueTask> Persist { get; init; }

    public required ICheckpointKeeper Checkpoints { get; init; }

    /// <summary>Told after each step that changes what is shown of the job.</summary>
    public required Action Changed { get; init; }

    /// <summary>Told each state that the job turns to.</summary>
    public required Action<JobStatus> Turned { get; init; }

    /// <summary>Told once, when everything of the job is let go.</summary>
    public required Action<JobRun> Ended { get; init; }

    /// <summary>How long loops that were told to stop are waited for at the end.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);
}
