using System.Globalization;
using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Transforms.Tables;

/// <summary>What to do about a row that fails (spec transforms.md 1.4).</summary>
public enum RowErrorWay
{
    /// <summary>The job fails.</summary>
    Fail,

    /// <summary>The row is left out.</summary>
    Skip,
}

/// <summary>Handles rows that a transform cannot work on: leaves them out and says so, or refuses them, which ends the job unless it keeps dead letters.</summary>
public sealed class RowErrors(string transform, RowErrorWay way)
{
    public static readonly Option<RowErrorWay> Way = Option.Enum<RowErrorWay>("row_error_handle_way").Default(RowErrorWay.Fail)
        .Says("What happens to a row that fails: FAIL ends the job, SKIP leaves the row out.");

    /// <summary>As a block of settings says, for a transform that has no expressions to guard.</summary>
    public static RowErrors Of(string transform, SettingsObject settings) =>
        new(transform, Way.Read(settings)) { Mend = "Correct the row, or leave such rows out with row_error_handle_way = SKIP." };

    /// <summary>Where left-out rows are told; set when the transform is opened.</summary>
    public Action<SkippedRow> Skipped { get; private set; } = _ => { };

    /// <summary>Where rows go that must not be left out silently; set when the transform is opened.</summary>
    public IRowRefusals Refusals { get; private set; } = NoRefusals.Allowed;

    /// <summary>What to do about a row that fails.</summary>
    public string Mend { get; init; } = "Correct the row, guard the expression with CASE, or leave such rows out with row_error_handle_way = SKIP.";

    /// <summary>Takes over what the subtask says about rows that fail.</summary>
    public void Open(TransformRuntime runtime) => (Skipped, Refusals) = (runtime.Skipped, runtime.Refusals);

    /// <summary>Handles a row that fails. When this returns, the row is to be left out.</summary>
    /// <param name="batch">The batch that came in.</param>
    /// <param name="row">The row's number within it.</param>
    /// <param name="expression">What was computed.</param>
    /// <param name="why">What went wrong.</param>
    /// <param name="code">Of the error, when it has one of its own.</param>
    /// <param name="instead">What counts in place of the transform's setting.</param>
    /// <param name="cause">What was thrown for it, if anything was.</param>
    /// <exception cref="ChunnelException">Rows must not fail, or not so many of them.</exception>
    public void Handle(ColumnBatch batch, int row, string expression, string why, ErrorCode? code = null, RowErrorWay? instead = null, Exception? cause = null)
    {
        var table = batch.Schema.TableId;
        var number = batch.FirstRow + row + 1;
        if ((instead ?? way) == RowErrorWay.Skip)
        {
            Skipped(new SkippedRow(table, $"row {number.ToString(CultureInfo.InvariantCulture)}", $"{transform}: {expression}: {why}"));
            return;
        }
        Refusals.Refuse(batch, row, new ChunnelException(code ?? CommonErrors.IllegalArgument, string.Create(CultureInfo.InvariantCulture, $"{why}: {expression} in '{transform}', table '{table}', row {number}."), cause)
        {
            Mend = (cause as ChunnelException)?.Mend ?? Mend,
        });
    }
}
