using System.Reflection;
using Chunnel.Core;
using Chunnel.TestKit;

namespace Chunnel.Plugins.Tests.Contracts;

/// <summary>A suite that lets everything through would prove nothing: each slip must be found, and what is right must pass.</summary>
public sealed class SuitesCatchTests
{
    [Theory]
    [InlineData(Fault.LeaksABatch, nameof(SourceContract.It_gives_all_rows_and_every_byte_back))]
    [InlineData(Fault.SnapshotLagsBehind, nameof(SourceContract.From_every_batch_border_a_new_reader_goes_on_with_the_very_next_row))]
    [InlineData(Fault.SnapshotRunsAhead, nameof(SourceContract.From_every_batch_border_a_new_reader_goes_on_with_the_very_next_row))]
    [InlineData(Fault.LosesASplitOnTheWire, nameof(SourceContract.From_every_batch_border_a_new_reader_goes_on_with_the_very_next_row))]
    [InlineData(Fault.MakesLargeBatches, nameof(SourceContract.Told_to_make_small_batches_it_makes_small_ones))]
    public async Task A_source_with_a_slip_is_found(Fault fault, string by) => (await FailuresAsync(() => new NumbersSuite(fault))).ShouldContain(by);

    [Theory]
    [InlineData(Fault.LeaksABatch, nameof(SinkContract.What_is_written_and_committed_is_there))]
    [InlineData(Fault.ForgetsTheSelection, nameof(SinkContract.Only_selected_rows_are_written))]
    [InlineData(Fault.ForgetsTheKinds, nameof(SinkContract.Row_kinds_are_respected))]
    [InlineData(Fault.CommitsTwice, nameof(SinkContract.A_commit_may_be_repeated))]
    [InlineData(Fault.ShowsBeforeTheCommit, nameof(SinkContract.What_is_not_committed_is_not_seen_and_what_is_aborted_never_comes))]
    [InlineData(Fault.KeepsWhatIsAborted, nameof(SinkContract.What_is_not_committed_is_not_seen_and_what_is_aborted_never_comes))]
    public async Task A_sink_with_a_slip_is_found(Fault fault, string by) => (await FailuresAsync(() => new ShelfSuite(fault))).ShouldContain(by);

    [Theory]
    [InlineData(Fault.LeaksABatch, nameof(TransformContract.Batches_that_come_out_carry_a_declared_table_and_every_byte_comes_back))]
    [InlineData(Fault.ForgetsTheSelection, nameof(TransformContract.Rows_that_do_not_count_change_nothing))]
    [InlineData(Fault.ForgetsTheKinds, nameof(TransformContract.Row_kinds_stay))]
    public async Task A_transform_with_a_slip_is_found(Fault fault, string by) => (await FailuresAsync(() => new EvenRowsSuite(fault))).ShouldContain(by);

    [Fact]
    public async Task What_is_right_passes()
    {
        (await FailuresAsync(() => new NumbersSuite(Fault.None))).ShouldBeEmpty();
        (await FailuresAsync(() => new ShelfSuite(Fault.None))).ShouldBeEmpty();
        (await FailuresAsync(() => new EvenRowsSuite(Fault.None))).ShouldBeEmpty();
    }

    /// <summary>Runs each test of a suite on an instance of its own, as xunit does; returns the names of those that fail.</summary>
    private static async Task<List<string>> FailuresAsync(Func<object> make)
    {
        var failures = new List<string>();
        foreach (var test in make().GetType().GetMethods().Where(method => method.GetCustomAttribute<FactAttribute>() is not null))
        {
            try
            {
                if (test.Invoke(make(), null) is Task running) await running;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                failures.Add(test.Name);
            }
        }
        return failures;
    }

    private sealed class NumbersSuite(Fault fault) : SourceContract
    {
        protected override SourcePlugin Plugin => new NumbersPlugin(fault);

        protected override SettingsObject Settings => SettingsObject.Empty;

        protected override long? ExpectedRows => 10_000;
    }

    private sealed class ShelfSuite(Fault fault) : SinkContract
    {
        private readonly ShelfPlugin _shelf = new(fault);

        protected override SinkPlugin Plugin => _shelf;

        protected override SettingsObject Settings => SettingsObject.Empty;

        protected override ValueTask<IReadOnlyList<string>> VisibleAsync() => new([.. _shelf.Shelf.Select(row => row.ToString())]);

        protected override string Show(BoxedRow row) => row.ToString();
    }

    private sealed class EvenRowsSuite(Fault fault) : TransformContract
    {
        protected override TransformPlugin Plugin => new EvenRowsPlugin(fault);

        protected override SettingsObject Settings => SettingsObject.Empty;

        protected override TableSchema Table { get; } = new(TablePath.Default, [new ColumnDef("n", DataType.Int)]);
    }
}
