using Chunnel.Core;

namespace Chunnel.Connectors.Jdbc;

/// <summary>A source's settings, read once.</summary>
internal sealed record JdbcSourceSettings
{
    public required Dialect Dialect { get; init; }

    public required ConnectionSettings Connection { get; init; }

    /// <summary>A table or query each.</summary>
    public required IReadOnlyList<TableOrder> Tables { get; init; }

    /// <summary>What stands behind the word where; null for all rows.</summary>
    public string? Condition { get; init; }

    public required SplitRules Splits { get; init; }

    public bool BlobAsString { get; init; }

    public OutOfRange OutOfRange { get; init; }

    public PrecisionLoss PrecisionLoss { get; init; }

    public static JdbcSourceSettings Read(SettingsObject settings)
    {
        const int where = 5;
        return new JdbcSourceSettings
        {
            Dialect = DialectTable.Of(settings),
            Connection = ConnectionSettings.Read(settings),
            Tables = [.. (JdbcSourceOptions.TableList.TryRead(settings, out var list) ? list : [settings]).Select(TableOrder.Read)],
            Condition = JdbcSourceOptions.WhereCondition.TryRead(settings, out var condition) ? condition.TrimStart()[where..].Trim() : null,
            Splits = SplitRules.Read(settings),
            BlobAsString = JdbcSourceOptions.BlobAsString.Read(settings),
            OutOfRange = JdbcSourceOptions.OutOfRange.Read(settings),
            PrecisionLoss = JdbcSourceOptions.PrecisionLoss.Read(settings),
        };
    }
}

/// <summary>What one table or query is to be.</summary>
internal sealed record TableOrder
{
    public string? Path { get; init; }

    public string? Query { get; init; }

    public bool IsPattern { get; init; }

    public string? PartitionColumn { get; init; }

    public string? LowerBound { get; init; }

    public string? UpperBound { get; init; }

    public int PartitionNum { get; init; }

    /// <summary>Where it stands, for errors.</summary>
    public required TextPosition Where { get; init; }

    public static TableOrder Read(SettingsObject settings) => new()
    {
        Path = JdbcSourceOptions.TablePath.TryRead(settings, out var path) ? path : null,
        Query = JdbcSourceOptions.Query.TryRead(settings, out var query) ? query.Trim().TrimEnd(';') : null,
        IsPattern = JdbcSourceOptions.UseRegex.Read(settings),
        PartitionColumn = JdbcSourceOptions.PartitionColumn.TryRead(settings, out var column) ? column : null,
        LowerBound = JdbcSourceOptions.LowerBound.TryRead(settings, out var lower) ? lower : null,
        UpperBound = JdbcSourceOptions.UpperBound.TryRead(settings, out var upper) ? upper : null,
        PartitionNum = JdbcSourceOptions.PartitionNum.Read(settings),
        Where = (JdbcSourceOptions.Query.Find(settings) ?? JdbcSourceOptions.TablePath.Find(settings))?.Value.Where ?? settings.Where,
    };
}

/// <summary>How tables are cut into splits.</summary>
internal sealed record SplitRules(int Size, double EvenFrom, double EvenTo, int SampleThreshold, int SamplingRate, bool CountsRows)
{
    /// <summary>True when the job asks for splits of some size: then also a lone reader goes by them.</summary>
    public bool Asked { get; private init; }

    public static SplitRules Read(SettingsObject settings) => new(
        JdbcSourceOptions.SplitSize.Read(settings), JdbcSourceOptions.EvenLowerBound.Read(settings), JdbcSourceOptions.EvenUpperBound.Read(settings),
        JdbcSourceOptions.SampleThreshold.Read(settings), JdbcSourceOptions.InverseSamplingRate.Read(settings), JdbcSourceOptions.UseSelectCount.Read(settings))
    {
        Asked = JdbcSourceOptions.SplitSize.Find(settings) is not null,
    };
}
