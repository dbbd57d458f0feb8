using System.Collections.Concurrent;
using System.Text;
using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Engine.Tests;

/// <summary>Keeps numbers: prepared ones apart from committed ones. Says what was asked of it, and can be told to fail or to hang.</summary>
internal sealed class CollectPlugin : SinkPlugin
{
    public static readonly Option<string> Fail = Option.Choice("fail", "never", "in_write", "in_prepare", "in_commit", "after_commit").Default("never").Says("What fails.");
    public static readonly Option<string> Delivers = Option.Choice("delivers", "exactly_once", "at_least_once", "at_most_once").Default("exactly_once").Says("What it says it can promise.");
    public static readonly Option<bool> HangsAtClose = Option.Bool("hangs_at_close").Default(false).Says("Closing a writer waits until the test says so.");
    public static readonly Option<bool> Hangs = Option.Bool("hangs").Default(false).Says("Writing never returns until it is cancelled.");

    private readonly TaskCompletionSource _closes = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _failedAfterCommit;

    /// <summary>Lets writers close that hang there.</summary>
    public void LetClose() => _closes.TrySetResult();

    public ConcurrentBag<(string Table, long Number)> Committed { get; } = [];

    /// <summary>Which of how many writers were made.</summary>
    public ConcurrentBag<(int Subtask, int Parallelism)> Subtasks { get; } = [];

    public ConcurrentQueue<string> Calls { get; } = [];

    /// <summary>How many rows were prepared for which checkpoint.</summary>
    public ConcurrentQueue<(long Checkpoint, int Rows)> Prepared { get; } = [];

    /// <summary>Disposing a sink waits for this: an ended job that is slow to let go.</summary>
    public Task LetGo { get; set; } = Task.CompletedTask;

    /// <summary>Completes when the first batch is there.</summary>
    public TaskCompletionSource FirstWrite { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override string Name => "Collect";

    public override string Summary => "Keeps numbers.";

    public override OptionSet Options { get; } = new([Fail, Hangs, HangsAtClose, Delivers, SaveModeOptions.Schema, SaveModeOptions.Data]);

    public override ValueTask<ISink> CreateAsync(SinkContext context, CancellationToken stop) => new(new Sink(this, context));

    private sealed class Sink(CollectPlugin plugin, SinkContext context) : ISink
    {
        public TableSchema Table => context.Table;

        public SinkDelivery Delivery => context.Get(Delivers) switch
        {
            "exactly_once" => SinkDelivery.ExactlyOnce,
            "at_least_once" => SinkDelivery.AtLeastOnce,
            _ => SinkDelivery.AtMostOnce,
        };

        public ISinkWriter CreateWriter(WriterContext writer, IReadOnlyList<byte[]> states)
        {
            plugin.Subtasks.Add((writer.Subtask, writer.Parallelism));
            return new Writer(plugin, context);
        }

        public IAggregatedCommitter CreateAggregatedCommitter() => new Committer(plugin, context);

        public ValueTask DisposeAsync() => new(plugin.LetGo);
    }

    private sealed class Writer(CollectPlugin plugin, SinkContext context) : ISinkWriter
    {
        private readonly List<long> _numbers = [];

        public async ValueTask WriteAsync(ColumnBatch batch, CancellationToken stop)
        {
            using (batch)
            {
                plugin.FirstWrite.TrySetResult();
                if (context.Get(Hangs)) await Task.Delay(Timeout.Infinite, stop);
                if (context.Get(Fail) == "in_write") throw new InvalidOperationException("the disk is full");
                var values = ((FixedColumn<long>)batch[0]).Values;
                for (var i = 0; i < batch.Selected; i++) _numbers.Add(values[batch.RowAt(i)]);
            }
        }

        public ValueTask<byte[]?> PrepareCommitAsync(long checkpointId, CancellationToken stop)
        {
            plugin.Calls.Enqueue("prepare");
            if (context.Get(Fail) == "in_prepare") throw new InvalidOperationException("cannot prepare");
            plugin.Prepared.Enqueue((checkpointId, _numbers.Count));
            var info = Encoding.UTF8.GetBytes(string.Join(',', _numbers));
            _numbers.Clear();
            return new(info);
        }

        public ValueTask AbortPrepareAsync(CancellationToken stop)
        {
            plugin.Calls.Enqueue("abort");
            return ValueTask.CompletedTask;
        }

        public async ValueTask DisposeAsync()
        {
            plugin.Calls.Enqueue("close");
            if (context.Get(HangsAtClose)) await plugin._closes.Task;
        }
    }

    private sealed class Committer(CollectPlugin plugin, SinkContext context) : IAggregatedCommitter
    {
        public byte[] Combine(IReadOnlyList<byte[]> infos) => Encoding.UTF8.GetBytes(string.Join(',', infos.Select(Encoding.UTF8.GetString).Where(text => text.Length > 0)));

        public ValueTask<IReadOnlyList<byte[]>> CommitAsync(IReadOnlyList<byte[]> aggregates, CancellationToken stop)
        {
            plugin.Calls.Enqueue("commit");
            if (context.Get(Fail) == "in_commit") return new(aggregates);
            foreach (var number in NumbersOf(aggregates)) plugin.Committed.Add((context.Table.TableId, number));
            if (context.Get(Fail) == "after_commit" && Interlocked.Exchange(ref plugin._failedAfterCommit, 1) == 0) throw new IOException("the answer was lost");
            return new([]);
        }

        /// <summary>Idempotent, as commits must be: what is there already is not added again.</summary>
        public ValueTask RestoreCommitAsync(IReadOnlyList<byte[]> aggregates, CancellationToken stop)
        {
            plugin.Calls.Enqueue("commit again");
            foreach (var number in NumbersOf(aggregates).Where(number => !plugin.Committed.Contains((context.Table.TableId, number)))) plugin.Committed.Add((context.Table.TableId, number));
            return ValueTask.CompletedTask;
        }

        public ValueTask AbortAsync(IReadOnlyList<byte[]> aggregates, CancellationToken stop) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private static IEnumerable<long> NumbersOf(IReadOnlyList<byte[]> aggregates) => aggregates
            .Select(Encoding.UTF8.GetString)
            .SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries))
            .Select(number => long.Parse(number, System.Globalization.CultureInfo.InvariantCulture));
    }
}
