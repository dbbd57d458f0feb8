using Chunnel.Core;
using Chunnel.TestKit;

namespace Chunnel.Connectors.Jdbc.Tests;

/// <summary>How catalogs of data call tables: by the rules of OpenLineage for PostgreSQL, and without who logs in.</summary>
public sealed class DatasetNameTests
{
    [Theory]
    [InlineData("jdbc:postgresql://db:5433/shop?user=me&password=secret1", "orders", "postgres://db:5433 shop.public.orders")]
    [InlineData("jdbc:postgresql://db/shop?currentSchema=sales,public", "orders", "postgres://db:5432 shop.sales.orders")]
    [InlineData("jdbc:postgresql://one:1,two:2/shop", "other.audit.orders", "postgres://one:1 other.audit.orders")]
    [InlineData("jdbc:mysql://db/shop", "orders", null)]
    public void Tables_are_called_by_host_database_schema_and_table(string url, string table, string? expected)
    {
        var connection = ConnectionSettings.Read(TestSettings.Of($$"""{ "url": "{{url}}", "driver": "x" }"""));
        var name = JdbcDatasets.NameOf(connection, TablePath.Parse(table), database: null);
        (name is null ? null : $"{name.Namespace} {name.Name}").ShouldBe(expected);
    }
}
