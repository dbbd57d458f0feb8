using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;
using Chunnel.Transforms.Copy;
using Chunnel.Transforms.FieldMapper;
using Chunnel.Transforms.Filter;
using Chunnel.Transforms.Sql;

namespace Chunnel.Transforms.Tests.Tables;

/// <summary>The suite of the contract, over every type that columns have.</summary>
public sealed class CopyKeepsTheContract : TransformContract
{
    protected override TransformPlugin Plugin => new CopyPlugin();

    protected override SettingsObject Settings => TestSettings.Of("""{ "fields": { "x": "c0", "y": "c20", "c3": "c4" } }""");

    protected override TableSchema Table { get; } = RandomRows.EveryType();
}

public sealed class FieldMapperKeepsTheContract : TransformContract
{
    protected override TransformPlugin Plugin => new FieldMapperPlugin();

    protected override SettingsObject Settings => TestSettings.Of("""{ "field_mapper": { "c5": "a", "c1": "c1", "c22": "b" } }""");

    protected override TableSchema Table { get; } = RandomRows.EveryType();
}

public sealed class FilterKeepsTheContract : TransformContract
{
    protected override TransformPlugin Plugin => new FilterPlugin();

    protected override SettingsObject Settings => TestSettings.Of("""{ "exclude_fields": ["c1", "c30"] }""");

    protected override TableSchema Table { get; } = RandomRows.EveryType();
}

public sealed class SqlKeepsTheContract : TransformContract
{
    protected override TransformPlugin Plugin => new SqlPlugin();

    protected override SettingsObject Settings => TestSettings.Of("""{ "query": "select *, 'x' as k, c3 + 1 as n, coalesce(c8, '') || c10 as t from every where c4 > 0 or c8 like '%a%'" }""");

    protected override TableSchema Table { get; } = RandomRows.EveryType();
}

public sealed class SqlThatLeavesFewKeepsTheContract : TransformContract
{
    protected override TransformPlugin Plugin => new SqlPlugin();

    protected override SettingsObject Settings => TestSettings.Of("""{ "query": "select *, c3 * 2 as n, upper(c8) as u, cast(c6 as string) as s from every where c3 between -20 and -1 and c0" }""");

    protected override TableSchema Table { get; } = RandomRows.EveryType();
}
