namespace Chunnel.Engine;

/// <summary>A job that was accepted, to watch and to wait for.</summary>
public sealed class JobHandle
{
    private readonly Func<JobView> _view;

    internal JobHandle(long jobId, Func<JobView> view, Task<JobView> ended)
    {
        JobId = jobId;
        _view = view;
        Ended = ended;
    }

    public long JobId { get; }

    /// <summary>The job right now.</summary>
    public JobView View => _view();

    /// <summary>The job as it ended; completes when everything of it is let go.</summary>
    public Task<JobView> Ended { get; }
}
