using System.Data;
using Chunnel.Core;
using Npgsql;

namespace Chunnel.Connectors.Jdbc;

/// <summary>What the server's catalog says of tables and of the columns of queries.</summary>
internal static class PgCatalog
{
    /// <summary>The name that tables read here carry, by which a PostgreSQL sink knows that their types are its own.</summary>
    public const string Name = "Postgres";

    /// <summary>Goes below domains, beside the name of an array's element.</summary>
    private const string Resolved = """
        , b as (
            select at, oid, mod from c
            union all
            select b.at, t.typbasetype, case when t.typtypmod >= 0 then t.typtypmod else b.mod end from b join pg_catalog.pg_type t on t.oid = b.oid where t.typtype = 'd'
        )
        select c.name, pg_catalog.format_type(c.oid, c.mod), t.typname::text, b.mod,
            case when t.typcategory = 'A' and t.typelem <> 0 then e.typname::text end, c.filled, c.standard, c.comment, t.typtype::text, t.typelem
        from c join b on b.at = c.at join pg_catalog.pg_type t on t.oid = b.oid and t.typtype <> 'd' left join pg_catalog.pg_type e on e.oid = t.typelem
        order by c.at
        """;

    private const string OfTable = """
        with recursive c as (
            select a.attnum::int as at, a.attname::text as name, a.atttypid as oid, a.atttypmod as mod, a.attnotnull as filled,
                case when a.attgenerated = '' then pg_catalog.pg_get_expr(d.adbin, d.adrelid) end as standard, pg_catalog.col_description(a.attrelid, a.attnum) as comment
            from pg_catalog.pg_attribute a left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
            where a.attrelid = $1::oid and a.attnum > 0 and not a.attisdropped
        )
        """ + Resolved;

    private const string OfQuery = """
        with recursive c as (
            select u.at::int as at, u.name, u.oid, u.mod, false as filled, null::text as standard, null::text as comment
            from unnest($1::text[], $2::oid[], $3::int[]) with ordinality as u(name, oid, mod, at)
        )
        """ + Resolved;

    private const string OfKeys = """
        select c.conname::text as name, 'p' as kind, a.attname::text, k.at::int, false
        from pg_catalog.pg_constraint c, unnest(c.conkey) with ordinality k(num, at), pg_catalog.pg_attribute a
        where c.conrelid = $1::oid and c.contype = 'p' and a.attrelid = c.conrelid and a.attnum = k.num
        union all
        select r.relname::text, case when i.indisunique then 'u' else 'i' end, a.attname::text, k.at::int, (i.indoption[k.at - 1] & 1) = 1
        from pg_catalog.pg_index i join pg_catalog.pg_class r on r.oid = i.indexrelid, unnest(i.indkey::int[]) with ordinality k(num, at), pg_catalog.pg_attribute a
        where i.indrelid = $1::oid and not i.indisprimary and i.indisvalid and i.indexprs is null and i.indpred is null and k.at <= i.indnkeyatts
            and not exists (select from unnest(i.indkey::int[]) n where n = 0) and a.attrelid = i.indrelid and a.attnum = k.num
        order by 2 desc, 1, 4
        """;

    /// <summary>The table's number and comment; null when there is none by the name.</summary>
    public static async ValueTask<(uint Oid, string Schema, string? Comment)?> FindAsync(NpgsqlConnection connection, TablePath path, CancellationToken stop)
    {
        const string sql = """
            select c.oid, n.nspname::text, pg_catalog.obj_description(c.oid, 'pg_class')
            from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where c.oid = pg_catalog.to_regclass($1) and c.relkind in ('r', 'p', 'v', 'm', 'f')
            """;
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = PgText.Quote(path) } } };
        await using var reader = await command.ExecuteReaderAsync(stop);
        if (!await reader.ReadAsync(stop)) return null;
        return (reader.GetFieldValue<uint>(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2));
    }

    public static async ValueTask<TableSchema?> DescribeAsync(NpgsqlConnection connection, TablePath path, CancellationToken stop)
    {
        if (await FindAsync(connection, path, stop) is not { } found) return null;
        var columns = await ColumnsAsync(connection, found.Oid, stop);
        var (primary, constraints) = await KeysAsync(connection, found.Oid, stop);
        return new TableSchema(path with { Schema = path.Schema ?? found.Schema }, [.. columns.Select(PgColumns.Of)])
        {
            PrimaryKey = primary,
            ConstraintKeys = constraints,
            Comment = found.Comment,
            CatalogName = Name,
        };
    }

    public static async ValueTask<IReadOnlyList<ColumnDef>> DescribeQueryAsync(NpgsqlConnection connection, string query, CancellationToken stop)
    {
        List<(string Name, uint Oid, int Mod)> found = [];
        await using (var described = new NpgsqlCommand(query, connection))
        await using (var reader = await described.ExecuteReaderAsync(CommandBehavior.SchemaOnly, stop))
        {
            foreach (var column in (await reader.GetColumnSchemaAsync(stop)).Cast<Npgsql.Schema.NpgsqlDbColumn>()) found.Add((column.ColumnName, column.TypeOID, ModOf(column)));
        }
        await using var command = new NpgsqlCommand(OfQuery, connection)
        {
            Parameters =
            {
                new() { Value = found.Select(column => column.Name).ToArray() },
                new() { Value = found.Select(column => column.Oid).ToArray(), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Oid },
                new() { Value = found.Select(column => column.Mod).ToArray() },
            },
        };
        return [.. (await ColumnsAsync(command, stop)).Select(PgColumns.Of)];
    }

    /// <summary>The columns of a table by its number.</summary>
    public static async ValueTask<IReadOnlyList<PgColumn>> ColumnsAsync(NpgsqlConnection connection, uint table, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(OfTable, connection) { Parameters = { new() { Value = table, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Oid } } };
        return await ColumnsAsync(command, stop);
    }

    /// <summary>All tables and views outside the server's own schemas.</summary>
    public static async ValueTask<IReadOnlyList<TablePath>> TablesAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        const string sql = """
            select n.nspname::text, c.relname::text from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\_%'
            order by 1, 2
            """;
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(stop);
        var tables = new List<TablePath>();
        while (await reader.ReadAsync(stop)) tables.Add(new TablePath(connection.Database, reader.GetString(0), reader.GetString(1)));
        return tables;
    }

    private static async ValueTask<IReadOnlyList<PgColumn>> ColumnsAsync(NpgsqlCommand command, CancellationToken stop)
    {
        var columns = new List<PgColumn>();
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop))
        {
            columns.Add(new PgColumn(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetInt32(3))
            {
                Element = Text(reader, 4),
                Filled = reader.GetBoolean(5),
                Default = Text(reader, 6),
                Comment = Text(reader, 7),
                IsEnum = reader.GetString(8) == "e",
                ElementOid = reader.GetFieldValue<uint>(9),
            });
        }
        return columns;
    }

    private static async ValueTask<(PrimaryKey? Primary, IReadOnlyList<ConstraintKey> Others)> KeysAsync(NpgsqlConnection connection, uint table, CancellationToken stop)
    {
        var found = new List<(string Name, char Kind, ConstraintColumn Column)>();
        await using (var command = new NpgsqlCommand(OfKeys, connection) { Parameters = { new() { Value = table, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Oid } } })
        await using (var reader = await command.ExecuteReaderAsync(stop))
        {
            while (await reader.ReadAsync(stop)) found.Add((reader.GetString(0), reader.GetString(1)[0], new ConstraintColumn(reader.GetString(2), reader.GetBoolean(4))));
        }
        var keys = found.GroupBy(key => (key.Name, key.Kind)).ToList();
        var primary = keys.Where(key => key.Key.Kind == 'p').Select(key => new PrimaryKey(key.Key.Name, [.. key.Select(part => part.Column.Name)])).FirstOrDefault();
        return (primary, [.. keys.Where(key => key.Key.Kind != 'p').Select(key => new ConstraintKey(key.Key.Name, key.Key.Kind == 'u' ? ConstraintKind.UniqueKey : ConstraintKind.IndexKey, [.. key.Select(part => part.Column)]))]);
    }

    /// <summary>The driver tells digits and lengths; the catalog wants the number they are kept in.</summary>
    private static int ModOf(Npgsql.Schema.NpgsqlDbColumn column) => column.DataTypeName?.Split('(')[0] switch
    {
        "numeric" when column.NumericPrecision is { } precision => ((precision << 16) | (column.NumericScale ?? 0) & 0x7FF) + 4,
        "character varying" or "character" when column.ColumnSize is > 0 and var size => size + 4,
        _ => -1,
    };

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
