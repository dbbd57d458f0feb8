namespace Chunnel.Engine;

/// <summary>The thread pool, on which jobs, their tasks and requests run.</summary>
/// <param name="Threads">Threads that it has.</param>
/// <param name="Busy">Those that carry something out.</param>
/// <param name="Least">It makes so many without waiting.</param>
/// <param name="Most">It never makes more.</param>
/// <param name="Completed">Pieces of work done since the process began.</param>
/// <param name="Queued">Pieces that wait for a thread.</param>
/// <param name="Timers">Timers that are set.</param>
public sealed record ThreadPoolFigures(int Threads, int Busy, int Least, int Most, long Completed, long Queued, long Timers)
{
    internal static ThreadPoolFigures Read()
    {
        ThreadPool.GetMaxThreads(out var most, out _);
        ThreadPool.GetMinThreads(out var least, out _);
        ThreadPool.GetAvailableThreads(out var available, out _);
        return new ThreadPoolFigures(
            ThreadPool.ThreadCount, most - available, least, most, ThreadPool.CompletedWorkItemCount, ThreadPool.PendingWorkItemCount, Timer.ActiveCount);
    }
}
