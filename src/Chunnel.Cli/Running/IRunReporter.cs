using Chunnel.Config;
using Chunnel.Core;
using Chunnel.Engine;

namespace Chunnel.Cli.Running;

/// <summary>Tells a person or a program how a local run goes.</summary>
internal interface IRunReporter : IDisposable
{
    /// <summary>How long to wait between two looks.</summary>
    TimeSpan Interval { get; }

    /// <summary>The job was read without a mistake.</summary>
    /// <param name="job">The job.</param>
    /// <param name="secrets">What must not be shown of it.</param>
    void Loaded(JobDefinition job, SecretValues secrets)
    {
    }

    void Problem(Problem problem);

    void Started(JobView job);

    /// <param name="job">The job.</param>
    /// <param name="paces">Its pipelines and how fast they go.</param>
    /// <param name="running">How long it runs.</param>
    void Progress(JobView job, IReadOnlyList<PipelinePace> paces, TimeSpan running);

    /// <summary>Somebody asked the job to stop; it is about to be cancelled.</summary>
    void Stopping();

    /// <summary>The job is over. The error, if any, was not said before.</summary>
    void Ended(JobView job, DateTimeOffset started, DateTimeOffset ended);
}
