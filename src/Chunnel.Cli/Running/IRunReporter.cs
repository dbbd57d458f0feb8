using Chunnel.Core;
using Chunnel.Engine;

namespace Chunnel.Cli.Running;

/// <summary>Tells a person or a program how a local run goes.</summary>
internal interface IRunReporter : IDisposable
{
    /// <summary>How long to wait between two looks.</summary>
    TimeSpan Interval { get; }

    void Problem(Problem problem);

    void Started(JobView job);

    void Progress(JobView job, TimeSpan running);

    /// <summary>The job is over. The error, if any, was not said before.</summary>
    void Ended(JobView job, DateTimeOffset started, DateTimeOffset ended);
}
