using Chunnel.Core;
using Chunnel.Formats;

namespace Chunnel.Connectors.Files;

/// <summary>What can be wrong with a file sink's settings beyond single values.</summary>
internal static class FileSinkChecks
{
    private static readonly string[] ParquetCodecs = ["none", "snappy", "gzip", "lz4", "zstd", "brotli"];

    public static IEnumerable<Problem> Of(SettingsObject block, string connector)
    {
        var format = FileFormat.Of(FileSinkOptions.Format.Read(block));
        if (!format.CanWrite) yield return format.NotSupported(connector, "write", Place(block, "file_format_type"));
        else if (CheckCodec(block, format) is { } codec) yield return codec;
        foreach (var problem in CheckName(block)) yield return problem;
        if (FileEncodings.Check(FileSinkOptions.Encoding, block) is { } encoding) yield return encoding;
        if (FileSinkOptions.PartitionBy.Find(block) is { } partition && !FileSinkOptions.HavePartition.Read(block))
        {
            yield return new Problem(CommonErrors.OptionValidateFailed, "'partition_by' does not count while 'have_partition' is false.") { Where = partition.KeyWhere, Severity = Severity.Warning, Mend = "Set have_partition = true." };
        }
    }

    private static Problem? CheckCodec(SettingsObject block, FileFormat format)
    {
        var codec = FileSinkOptions.CompressCodec.Read(block).Trim();
        var known = format == FileFormat.Parquet ? ParquetCodecs : StreamCodecs.Names;
        if (codec.Length == 0 || known.Contains(codec, StringComparer.OrdinalIgnoreCase)) return null;
        return new Problem(CommonErrors.OptionValidateFailed, $"The value '{codec}' of 'compress_codec' cannot be written for the format '{format}'.")
        {
            Where = Place(block, "compress_codec"),
            Mend = $"It is one of: {string.Join(", ", known)}.",
        };
    }

    private static IEnumerable<Problem> CheckName(SettingsObject block)
    {
        var expression = FileSinkOptions.NameExpression.Read(block);
        var variables = FileNames.VariablesIn(expression);
        if (expression.Length > 0 && FileSinkOptions.Transaction.Read(block) && !variables.Contains(FileNames.TransactionId))
        {
            yield return new Problem(CommonErrors.IllegalArgument, "file_name_expression must contains transactionId when is_enable_transaction is true")
            {
                Where = Place(block, "file_name_expression"),
                Mend = "Add ${transactionId} to it, or set is_enable_transaction = false.",
            };
        }
        foreach (var unknown in variables.Except(FileNames.Variables))
        {
            yield return new Problem(CommonErrors.OptionValidateFailed, $"'file_name_expression' has '${{{unknown}}}', which nothing fills in: it stands in the names as it is.")
            {
                Where = Place(block, "file_name_expression"),
                Severity = Severity.Warning,
                Mend = Nearest.DidYouMean(unknown, FileNames.Variables) ?? $"Known are: {string.Join(", ", FileNames.Variables.Select(name => $"${{{name}}}"))}.",
            };
        }
    }

    private static TextPosition Place(SettingsObject block, string key) => block.Find(key)?.Value.Where ?? block.Where;
}
