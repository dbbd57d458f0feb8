namespace Chunnel.Engine;

/// <summary>A job that was accepted, to watch and to wait for.</summary>
public sealed class JobHandle
{
    private readonly Func<JobView> _view;
    private readonly Func<object> _version;

    internal JobHandle(long jobId, Func<JobView> view, Func<object> version, Task<JobView> ended)
    {
        JobId = jobId;
        _view = view;
        _version = version;
        Ended = ended;
    }

    public long JobId { get; }

    /// <summary>The job right now.</summary>
    public JobView View => _view();

    /// <summary>Another object after each change of the job's state. Counters change without it.</summary>
    public object Version => _version();

    /// <summary>The job as it ended; completes when everything of it is let go.</summary>
    public Task<JobView> Ended { get; }
}
