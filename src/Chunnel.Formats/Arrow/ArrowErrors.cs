using Chunnel.Core;

namespace Chunnel.Formats.Arrow;

/// <summary>What can be wrong with columns that come from or go to Arrow.</summary>
internal static class ArrowErrors
{
    private static readonly ErrorCode Damaged = new("CHUNNEL-20", "Column data is damaged");
    private static readonly ErrorCode DoesNotFit = new("CHUNNEL-21", "Value does not fit the target type");

    public static ChunnelException DamagedData(string column, string what) => new(Damaged, $"Column '{column}': {what}.")
    {
        Mend = "The data was written wrongly or cut off: write it again.",
    };

    public static ChunnelException CannotConvert(string column, string from, DataType to) => new(CommonErrors.UnsupportedType("Arrow", from, column), $"Column '{column}' holds {from} and is to be read as {to}.")
    {
        Mend = "Declare the column with the type that it has, or leave the schema out.",
    };

    public static ChunnelException OutOfRange(string column, long row, string value, string target) =>
        new(DoesNotFit, $"Column '{column}', row {row}: {value} does not fit {target}.")
        {
            Mend = "Set out_of_range to clamp or null to go on, or choose another unit or type.",
        };

    public static ChunnelException LosesDigits(string column, long row, string value, string target) =>
        new(DoesNotFit, $"Column '{column}', row {row}: {value} has more digits than {target} holds.")
        {
            Mend = "Set precision_loss to warn to go on, or choose a finer unit.",
        };
}
