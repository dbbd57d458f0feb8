using Chunnel.Core;

namespace Chunnel.Engine.Tests;

public sealed class FlowChannelTests
{
    private static readonly TableSchema _schema = new(TablePath.Parse("t"), [new ColumnDef("n", DataType.BigInt)]);
    private readonly BatchMemory _memory = BatchMemory.Unlimited();

    [Fact]
    public async Task Items_come_out_in_order()
    {
        using var channel = new FlowChannel(1 << 20, TimeProvider.System);
        await channel.WriteAsync(FlowItem.Of(Batch(3)), TestContext.Current.CancellationToken);
        await channel.WriteAsync(FlowItem.Of(new Barrier(1, CheckpointKind.Checkpoint)), TestContext.Current.CancellationToken);
        channel.Rows.ShouldBe(3);
        var first = await channel.ReadAsync(TestContext.Current.CancellationToken);
        first.Kind.ShouldBe(FlowKind.Batch);
        first.Batch!.Dispose();
        (await channel.ReadAsync(TestContext.Current.CancellationToken)).Barrier.CheckpointId.ShouldBe(1);
        channel.Rows.ShouldBe(0);
    }

    [Fact]
    public async Task A_full_channel_makes_the_writer_wait_but_lets_a_barrier_in()
    {
        using var channel = new FlowChannel(capacityBytes: 100, TimeProvider.System);
        await channel.WriteAsync(FlowItem.Of(Batch(100)), TestContext.Current.CancellationToken); // larger than the channel: an empty one takes it
        var second = channel.WriteAsync(FlowItem.Of(Batch(1)), TestContext.Current.CancellationToken);
        second.IsCompleted.ShouldBeFalse();
        var barrier = channel.WriteAsync(FlowItem.Of(new Barrier(1, CheckpointKind.Checkpoint)), TestContext.Current.CancellationToken);
        barrier.IsCompleted.ShouldBeTrue();
        (await channel.ReadAsync(TestContext.Current.CancellationToken)).Batch!.Dispose();
        await second;
    }

    /// <summary>To be woken for every batch costs more than many a batch: who waits is let in when there is room for some.</summary>
    [Fact]
    public async Task A_writer_that_waits_is_let_in_when_half_of_the_channel_is_free()
    {
        const int FitIn = 8;
        var clock = new JumpingClock();
        using var channel = new FlowChannel(FitIn * 100 * sizeof(long), clock);
        for (var i = 0; i < 2; i++)
        {
            await channel.WriteAsync(FlowItem.Of(Batch(100)), TestContext.Current.CancellationToken);
            (await channel.ReadAsync(TestContext.Current.CancellationToken)).Batch!.Dispose();
            clock.Jump(TimeSpan.FromMicroseconds(1)); // its reader is known to be quick
        }
        for (var i = 0; i < FitIn; i++) await channel.WriteAsync(FlowItem.Of(Batch(100)), TestContext.Current.CancellationToken);
        var waiting = channel.WriteAsync(FlowItem.Of(Batch(100)), TestContext.Current.CancellationToken).AsTask();
        for (var read = 1; read < FitIn / 2; read++)
        {
            (await channel.ReadAsync(TestContext.Current.CancellationToken)).Batch!.Dispose();
            channel.Rows.ShouldBe((FitIn - read) * 100, "nobody came in");
        }
        (await channel.ReadAsync(TestContext.Current.CancellationToken)).Batch!.Dispose();
        await waiting;
        channel.Rows.ShouldBe(((FitIn / 2) + 1) * 100);
    }

    [Fact]
    public async Task A_writer_that_is_stopped_while_waiting_gives_its_batch_back()
    {
        using var channel = new FlowChannel(capacityBytes: 100, TimeProvider.System);
        await channel.WriteAsync(FlowItem.Of(Batch(100)), TestContext.Current.CancellationToken);
        using var stopping = new CancellationTokenSource();
        var waiting = channel.WriteAsync(FlowItem.Of(Batch(1)), stopping.Token).AsTask();
        await stopping.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(waiting);
        channel.Dispose();
        _memory.Budget.InUseBytes.ShouldBe(0);
    }

    [Fact]
    public async Task A_reader_that_is_gone_stops_the_writer()
    {
        var channel = new FlowChannel(capacityBytes: 100, TimeProvider.System);
        await channel.WriteAsync(FlowItem.Of(Batch(100)), TestContext.Current.CancellationToken);
        var waiting = channel.WriteAsync(FlowItem.Of(Batch(1)), TestContext.Current.CancellationToken).AsTask();
        channel.Dispose();
        await Should.ThrowAsync<OperationCanceledException>(waiting);
        _memory.Budget.InUseBytes.ShouldBe(0);
    }

    /// <summary>engine.md 6.3: a barrier must not stand behind minutes of rows for a slow sink.</summary>
    [Fact]
    public async Task Before_a_slow_reader_no_more_waits_than_it_takes_away_in_a_quarter_of_a_second()
    {
        const int BatchesPerSecond = 20;
        var clock = new JumpingClock();
        using var channel = new FlowChannel(FlowChannel.AimBytes, clock);
        for (var i = 0; i < 10; i++)
        {
            await channel.WriteAsync(FlowItem.Of(Batch(100)), TestContext.Current.CancellationToken);
            (await channel.ReadAsync(TestContext.Current.CancellationToken)).Batch!.Dispose();
            clock.Jump(TimeSpan.FromSeconds(1.0 / BatchesPerSecond));
        }
        var waiting = new List<Task>();
        var taken = 0;
        for (; waiting.Count == 0; taken++)
        {
            var writing = channel.WriteAsync(FlowItem.Of(Batch(100)), TestContext.Current.CancellationToken).AsTask();
            if (!writing.IsCompleted) waiting.Add(writing);
        }
        taken.ShouldBe((BatchesPerSecond / 4) + 1);

        // Its pause between two readings of which it found nothing is not slowness.
        while (!waiting[0].IsCompleted || channel.Rows > 0) (await channel.ReadAsync(TestContext.Current.CancellationToken)).Batch!.Dispose();
        using var stopping = new CancellationTokenSource();
        var nothing = channel.ReadAsync(stopping.Token).AsTask();
        clock.Jump(TimeSpan.FromHours(1));
        await channel.WriteAsync(FlowItem.Of(Batch(100)), TestContext.Current.CancellationToken);
        (await nothing).Batch!.Dispose();
        for (var i = 0; i < BatchesPerSecond / 4; i++) channel.WriteAsync(FlowItem.Of(Batch(100)), TestContext.Current.CancellationToken).AsTask().IsCompleted.ShouldBeTrue();
    }

    /// <summary>engine.md 6.3: nor does the first barrier of a job, whose sink nobody knows yet.</summary>
    [Fact]
    public async Task Before_a_reader_of_unknown_speed_little_waits()
    {
        var clock = new JumpingClock();
        using var channel = new FlowChannel(16 * 100 * sizeof(long), clock);
        await channel.WriteAsync(FlowItem.Of(Batch(100)), TestContext.Current.CancellationToken);
        var second = channel.WriteAsync(FlowItem.Of(Batch(100)), TestContext.Current.CancellationToken).AsTask();
        second.IsCompleted.ShouldBeFalse();
        (await channel.ReadAsync(TestContext.Current.CancellationToken)).Batch!.Dispose();
        await second;
        clock.Jump(TimeSpan.FromMilliseconds(1));
        (await channel.ReadAsync(TestContext.Current.CancellationToken)).Batch!.Dispose();

        // Now it is known to be quick.
        for (var i = 0; i < 8; i++) channel.WriteAsync(FlowItem.Of(Batch(100)), TestContext.Current.CancellationToken).AsTask().IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task Waking_lets_the_reader_look_up()
    {
        using var channel = new FlowChannel(100, TimeProvider.System);
        var reading = channel.ReadAsync(TestContext.Current.CancellationToken).AsTask();
        reading.IsCompleted.ShouldBeFalse();
        channel.Wake();
        (await reading).Kind.ShouldBe(FlowKind.None);
    }

    private ColumnBatch Batch(int rows)
    {
        using var builder = new BatchBuilder(_schema, _memory, rows);
        builder.Fixed<long>(0).Clear();
        return builder.Build(rows);
    }
}
