using System.Collections.Immutable;
using Chunnel.Config.DeadLetters;
using Chunnel.Core;

namespace Chunnel.Config.Env;

/// <summary>The <c>env</c> of a job (spec config.md 4).</summary>
public sealed record EnvOptions
{
    public const string DefaultJobName = "SeaTunnel_Job";

    /// <summary>The parallelism of sources that say nothing; at least 1.</summary>
    public int Parallelism { get; init; } = 1;

    public string JobName { get; init; } = DefaultJobName;

    public JobMode Mode { get; init; } = JobMode.Batch;

    /// <summary>True when <c>job.mode</c> stands in the file; dry runs ask for it.</summary>
    public bool ModeIsGiven { get; init; }

    /// <summary>Null: no periodic checkpoints in batch mode, the server's value in streaming mode.</summary>
    public TimeSpan? CheckpointInterval { get; init; }

    /// <summary>Null: the server's value.</summary>
    public TimeSpan? CheckpointTimeout { get; init; }

    /// <summary>The least time between the end of a checkpoint and the start of the next; null: none.</summary>
    public TimeSpan? CheckpointMinPause { get; init; }

    /// <summary>Null: the server's value.</summary>
    public bool? RetainCheckpointsAfterCancel { get; init; }

    /// <summary>Per source subtask; null: no limit.</summary>
    public int? RowsPerSecond { get; init; }

    /// <summary>Per source subtask; null: no limit.</summary>
    public int? BytesPerSecond { get; init; }

    /// <summary>How often a failed pipeline is restored; 0: never.</summary>
    public int RetryTimes { get; init; } = 3;

    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromSeconds(3);

    public SaveModeLocation SaveModeLocation { get; init; } = SaveModeLocation.Cluster;

    /// <summary>Only workers whose attributes hold every pair run the job; empty: all.</summary>
    public IReadOnlyDictionary<string, string> TagFilter { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Further plug-in libraries, by path or file URI.</summary>
    public IReadOnlyList<string> Jars { get; init; } = [];

    public string ShadeIdentifier { get; init; } = "default";

    /// <summary>Keys that are secret beside the known ones.</summary>
    public IReadOnlyList<string> ShadeOptions { get; init; } = [];

    public SettingsObject ShadeProperties { get; init; } = SettingsObject.Empty;

    /// <summary>How many pipelines of the job run at once; null: all.</summary>
    public int? PipelineConcurrency { get; init; }

    /// <summary>How often a sink that gathers rows writes them at the latest; null: by its own rules.</summary>
    public TimeSpan? SinkFlushInterval { get; init; }

    /// <summary>What the job must be able to promise of its rows to be taken; null: whatever it can.</summary>
    public DeliveryGuarantee? RequiredGuarantee { get; init; }

    /// <summary>What becomes of rows that a step refuses.</summary>
    public DeadLetterOptions DeadLetters { get; init; } = DeadLetterOptions.None;

    /// <summary>What is kept of the job's last minutes.</summary>
    public ObservabilityOptions Observability { get; init; } = new();

    /// <summary>All of env as written: what REST reports as envOptions.</summary>
    public SettingsObject Raw { get; init; } = SettingsObject.Empty;

    /// <summary>The name the job gets: the one given from outside, unless that is empty or one of the defaults.</summary>
    public string NameFor(string? given) => given is null or "" or "SeaTunnel" or DefaultJobName ? JobName : given;
}
