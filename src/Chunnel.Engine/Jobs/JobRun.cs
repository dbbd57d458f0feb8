using System.Collections.Concurrent;
using System.Threading.Channels;
using Chunnel.Control;
using Chunnel.Core;
using Microsoft.Extensions.Logging;

namespace Chunnel.Engine;

/// <summary>
/// The shell around one job's control core: brings events to it one after the other, does the effects in their order, and brings back what
/// comes of them. Orders are answered at once, whatever the job is doing.
/// </summary>
internal sealed partial class JobRun : IAsyncDisposable
{
    private readonly JobPlan _plan;
    private readonly JobRunParts _parts;
    private readonly Channel<Letter> _mail = Channel.CreateUnbounded<Letter>(new UnboundedChannelOptions { SingleReader = true });
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _saveModes = new();
    private readonly ConcurrentDictionary<(int Pipeline, int Attempt), Lazy<Task<PipelineDeployment>>> _deployments = new();
    private readonly ConcurrentDictionary<(TaskGroupLocation Group, int Attempt), GroupLife> _groups = new();
    private readonly JobSnapshots _snapshots;
    private readonly ConcurrentDictionary<Task, byte> _working = new();
    private readonly ITimer _timer;
    private Task _tidying = Task.CompletedTask;
    private JobState _state;
    private Task? _loop;

    /// <param name="plan">What runs.</param>
    /// <param name="parts">What it needs from the node.</param>
    /// <param name="begin">The first step of the job's control core: it begins, or is gone on with.</param>
    public JobRun(JobPlan plan, JobRunParts parts, Func<Instant, Decision> begin)
    {
        _plan = plan;
        _parts = parts;
        _snapshots = new JobSnapshots(plan, parts.Checkpoints);
        _timer = parts.Clock.CreateTimer(_ => Tell(new JobEvent.DeadlinePassed()), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        var begun = begin(Now);
        _state = begun.State;
        _mail.Writer.TryWrite(new Letter(null, begun, null));
    }

    public JobPlan Plan => _plan;

    /// <summary>The job as its core knows it, from any thread.</summary>
    public JobState State => Volatile.Read(ref _state);

    public JobMetrics Metrics => _parts.Deployment.Metrics;

    public JobWork WorkDone => _parts.Deployment.Work;

    /// <summary>Completes when the job's first steps are done: where it can, it has asked for its slots, and stands in the queue or not.</summary>
    public Task Begun => _begun.Task;

    /// <summary>Completes when the job has ended and everything of it is let go.</summary>
    public Task Ended => _ended.Task;

    private Instant Now => Instant.From(_parts.Clock.GetUtcNow());

    public void Start() => _loop = Task.Run(RunAsync);

    /// <summary>A line for the job's log.</summary>
    public void Say(LogLine line)
    {
        if (line.IsWarning) _parts.Log.Warned(line.Text);
        else _parts.Log.Said(line.Text);
    }

    public void Tell(JobEvent what) => _mail.Writer.TryWrite(new Letter(what, null, null));

    /// <summary>Gives an order; the answer comes at once, the doing may take its time.</summary>
    public async Task<OrderAnswer> OrderAsync(JobEvent order, CancellationToken stop)
    {
        var answer = new TaskCompletionSource<OrderAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_mail.Writer.TryWrite(new Letter(order, null, answer))) return new OrderAnswer(OrderVerdict.TooLate);
        return await answer.Task.WaitAsync(stop);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _mail.Writer.TryComplete();
        if (_loop is not null) await _loop;
        await _timer.DisposeAsync();
    }

    private async Task RunAsync()
    {
        _parts.Slots.Enter(this);
        try
        {
            await foreach (var letter in _mail.Reader.ReadAllAsync(_stopping.Token))
            {
                var decision = letter.Begun ?? JobMachine.Decide(State, letter.What!, Now);
                // persist first: whoever sees a decision or is told of it, and whatever acts on it, comes after it is durable
                await PersistAsync([.. decision.Effects.OfType<JobEffect.Persist>().Select(persist => persist.Record)]);
                var before = State;
                Volatile.Write(ref _state, decision.State);
                if (!decision.State.LooksLike(before)) _parts.Changed();
                letter.Answer?.TrySetResult(decision.Answer ?? new OrderAnswer(OrderVerdict.Accepted));
                foreach (var effect in decision.Effects) await DoAsync(effect);
                _begun.TrySetResult();
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The node goes down.
        }
        catch (Exception fault)
        {
            _parts.Log.InternalFault(_plan.Control.JobId, fault);
            _begun.TrySetException(fault);
        }
        finally
        {
            _begun.TrySetResult();
            _mail.Writer.TryComplete();
            while (_mail.Reader.TryRead(out var late)) late.Answer?.TrySetResult(new OrderAnswer(OrderVerdict.TooLate));
            await LetGoAsync();
        }
    }

    /// <summary>Stops whatever still runs, waits for it a while, disposes the plug-ins.</summary>
    private async Task LetGoAsync()
    {
        foreach (var group in _groups.Values) group.Run.Cancel();
        var working = Task.WhenAll(_working.Keys);
        using (var waiting = new CancellationTokenSource())
        {
            await Task.WhenAny(working, Task.Delay(_parts.Patience, _parts.Clock, waiting.Token));
            await waiting.CancelAsync();
        }
        // A timer that waits for a deadline far away would keep the whole job.
        await _timer.DisposeAsync();
        try
        {
            if (working.IsCompleted) await _plan.DisposeAsync();
        }
        catch (Exception fault)
        {
            _parts.Log.InternalFault(_plan.Control.JobId, fault);
        }
        _parts.Slots.Leave(_plan.Control.JobId);
        _parts.Ended(this);
        _ended.TrySetResult();
    }

    private void Work(Func<Task> work)
    {
        var task = Task.Run(async () =>
        {
            try
            {
                await work();
            }
            catch (Exception fault)
            {
                Tell(new JobEvent.InternalError(Failure.From(fault, _plan.Secrets)));
            }
        });
        _working[task] = 0;
        task.ContinueWith(done => _working.TryRemove(done, out _), TaskScheduler.Default);
    }

    private sealed record Letter(JobEvent? What, Decision? Begun, TaskCompletionSource<OrderAnswer>? Answer);

    private sealed record GroupLife(TaskGroupRun Run)
    {
        public bool Opened { get; set; }
    }
}
