using System.Collections.Concurrent;
using System.Text;
using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Engine.Tests;

/// <summary>Keeps numbers: prepared ones apart from committed ones. Says what was asked of it, and can be told to fail or to hang.</summary>
internal sealed class CollectPlugin : SinkPlugin
{
    public static readonly Option<string> Fail = Option.Choice("fail", "never", "in_write", "in_prepare", "in_commit", "after_commit", "commit_waits").Default("never").Says("What fails.");
    public static readonly Option<string> Delivers = Option.Choice("delivers", "exactly_once", "at_least_once", "at_most_once").Default("exactly_once").Says("What it says it can promise.");
    public static readonly Option<bool> HangsAtClose = Option.Bool("hangs_at_close").Default(false).Says("Closing a writer waits until the test says so.");
    public static readonly Option<bool> Hangs = Option.Bool("hangs").Default(false).Says("Writing never returns until it is cancelled.");

    public static readonly Option<string> Wire = Option.Text("wire").Says("The form of rows that it says it takes as they came.");

    public static readonly Option<bool> PrepareWaits = Option.Bool("prepare_waits").Default(false).Says("Preparing waits until the test says so.");

    public static readonly Option<int> Refuses = Option.Int("refuses").Says("Refuses multiples of it.");

    private readonly TaskCompletionSource _closes = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _prepares = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _failedAfterCommit;
    private int _waited;

    private readonly ConcurrentDictionary<(string Table, string Aggregate), byte> _shown = new();

    /// <summary>Completes when the first commit waits.</summary>
    public TaskCompletionSource CommitWaits { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets writers prepare that wait there.</summary>
    public void LetPrepare() => _prepares.TrySetResult();

    /// <summary>Lets writers close that hang there.</summary>
    public void LetClose() => _closes.TrySetResult();

    public ConcurrentBag<(string Table, long Number)> Committed { get; } = [];

    /// <summary>What was written, in each subtask's order.</summary>
    public ConcurrentQueue<(int Subtask, long Number)> Written { get; } = [];

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

    public override OptionSet Options { get; } = new([Fail, Hangs, HangsAtClose, PrepareWaits, Delivers, Wire, Refuses, SaveModeOptions.Schema, SaveModeOptions.Data]);

    public override ValueTask<ISink> CreateAsync(SinkContext context, CancellationToken stop) => new(new Sink(this, context));

    private sealed class Sink(CollectPlugin plugin, SinkContext context) : ISink
    {
        public TableSchema Table => context.Table;

        public string? Wire => context.TryGet(CollectPlugin.Wire, out var form) ? form : null;

        public SinkDelivery Delivery => context.Get(Delivers) switch
        {
            "exactly_once" => SinkDelivery.ExactlyOnce,
            "at_least_once" => SinkDelivery.AtLeastOnce,
            _ => SinkDelivery.AtMostOnce,
        };

        public ISinkWriter CreateWriter(WriterContext writer, IReadOnlyList<byte[]> states)
        {
            plugin.Subtasks.Add((writer.Subtask, writer.Parallelism));
            return new Writer(plugin, context, writer);
        }

        public IAggregatedCommitter CreateAggregatedCommitter() => new Committer(plugin, context);

        public ValueTask DisposeAsync() => new(plugin.LetGo);
    }

    private sealed class Writer(CollectPlugin plugin, SinkContext context, WriterContext writer) : ISinkWriter
    {
        private readonly List<long> _numbers = [];

        public async ValueTask WriteAsync(ColumnBatch batch, CancellationToken stop)
        {
            using (batch)
            {
                plugin.FirstWrite.TrySetResult();
                if (context.Get(Hangs)) await Task.Delay(Timeout.Infinite, stop);
                if (context.Get(Fail) == "in_write") throw new InvalidOperationException("the disk is full");
                // Of a dead letter the number of its row is kept: numbers count from 0, rows from 1.
                var values = ((FixedColumn<long>)batch[Math.Max(0, batch.Schema.IndexOf("row_number"))]).Values;
                for (var i = 0; i < batch.Selected; i++)
                {
                    var number = values[batch.RowAt(i)];
                    if (context.TryGet(Refuses, out var refused) && number % refused == 0)
                    {
                        writer.Refusals.Refuse(batch, batch.RowAt(i), new ChunnelException(CommonErrors.IllegalArgument, $"{number} is not wanted here."));
                        continue;
                    }
                    _numbers.Add(number);
                    plugin.Written.Enqueue((writer.Subtask, number));
                }
            }
        }

        public async ValueTask<byte[]?> PrepareCommitAsync(long checkpointId, CancellationToken stop)
        {
            plugin.Calls.Enqueue("prepare");
            if (context.Get(PrepareWaits)) await plugin._prepares.Task.WaitAsync(stop);
            if (context.Get(Fail) == "in_prepare") throw new InvalidOperationException("cannot prepare");
            plugin.Prepared.Enqueue((checkpointId, _numbers.Count));
            var info = Encoding.UTF8.GetBytes($"{writer.Sink}/{writer.Subtask}/{checkpointId}:{string.Join(',', _numbers)}");
            _numbers.Clear();
            return info;
        }

        public ValueTask AbortPrepareAsync(long checkpointId, CancellationToken stop)
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
        public byte[] Combine(IReadOnlyList<byte[]> infos) => Encoding.UTF8.GetBytes(string.Join(';', infos.Select(Encoding.UTF8.GetString)));

        public async ValueTask<IReadOnlyList<byte[]>> CommitAsync(IReadOnlyList<byte[]> aggregates, CancellationToken stop)
        {
            plugin.Calls.Enqueue("commit");
            if (context.Get(Fail) == "in_commit") return aggregates;
            if (context.Get(Fail) == "commit_waits" && Interlocked.Exchange(ref plugin._waited, 1) == 0)
            {
                plugin.CommitWaits.TrySetResult();
                await Task.Delay(Timeout.Infinite, stop);
            }
            Show(aggregates);
            if (context.Get(Fail) == "after_commit" && Interlocked.Exchange(ref plugin._failedAfterCommit, 1) == 0) throw new IOException("the answer was lost");
            return [];
        }

        public ValueTask RestoreCommitAsync(IReadOnlyList<byte[]> aggregates, CancellationToken stop)
        {
            plugin.Calls.Enqueue("commit again");
            Show(aggregates);
            return ValueTask.CompletedTask;
        }

        public ValueTask AbortAsync(IReadOnlyList<byte[]> aggregates, CancellationToken stop) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        /// <summary>Idempotent, as commits must be: what one aggregate has shown is not shown again.</summary>
        private void Show(IReadOnlyList<byte[]> aggregates)
        {
            foreach (var aggregate in aggregates)
            {
                if (!plugin._shown.TryAdd((context.Table.TableId, Encoding.UTF8.GetString(aggregate)), 0)) continue;
                foreach (var number in NumbersOf([aggregate])) plugin.Committed.Add((context.Table.TableId, number));
            }
        }

        private static IEnumerable<long> NumbersOf(IReadOnlyList<byte[]> aggregates) => aggregates
            .Select(Encoding.UTF8.GetString)
            .SelectMany(text => text.Split(';'))
            .SelectMany(info => info.Split(':')[1].Split(',', StringSplitOptions.RemoveEmptyEntries))
            .Select(number => long.Parse(number, System.Globalization.CultureInfo.InvariantCulture));
    }
}
