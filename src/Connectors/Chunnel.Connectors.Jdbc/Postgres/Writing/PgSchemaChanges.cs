using Chunnel.Core;
using Npgsql;

namespace Chunnel.Connectors.Jdbc;

/// <summary>
/// Alters the table as the one that comes in was altered. The catalog is asked first: after a restart a change comes again, and what is
/// done already is passed over.
/// </summary>
internal sealed class PgSchemaChanges(PgSession session, PgTarget target, JdbcSinkSettings settings, Action<string> warn)
{
    public async ValueTask ApplyAsync(SchemaChange change, CancellationToken stop)
    {
        try
        {
            await AlterAsync(change, stop);
        }
        catch (Exception fault) when (PgErrors.IsOfServer(fault))
        {
            throw new ChunnelException(JdbcErrors.SchemaChangeFailed, $"Table '{settings.Target}', {change.TypeName}: {PgErrors.Said(fault)}", fault) { Where = settings.Block.Where, Mend = PgErrors.MendOf(fault) ?? "Alter the table by hand, then let the job go on from its checkpoint." };
        }
    }

    private async ValueTask AlterAsync(SchemaChange change, CancellationToken stop)
    {
        switch (change)
        {
            case UpdateColumns many:
                foreach (var one in many.Changes) await AlterAsync(one, stop);
                break;
            case AddColumn add:
                if (await HasAsync(add.Column.Name, stop)) PassOver($"column '{add.Column.Name}' is there already");
                else await AddAsync(add.Column, stop);
                break;
            case DropColumn drop:
                if (!await HasAsync(drop.Column, stop)) PassOver($"column '{drop.Column}' is not there");
                else await session.ExecuteAsync($"alter table {target.Table} drop column {Name(drop.Column)}", stop);
                break;
            case ModifyColumn modify:
                await RetypeAsync(modify.Column, stop);
                break;
            case ChangeColumn renamed:
                if (renamed.OldName != renamed.Column.Name)
                {
                    if (!await HasAsync(renamed.OldName, stop) && await HasAsync(renamed.Column.Name, stop)) PassOver($"column '{renamed.OldName}' is called '{renamed.Column.Name}' already");
                    else await session.ExecuteAsync($"alter table {target.Table} rename column {Name(renamed.OldName)} to {Name(renamed.Column.Name)}", stop);
                }
                await RetypeAsync(renamed.Column, stop);
                break;
            default:
                PassOver($"{change.TypeName} is not carried out by this sink");
                break;
        }
    }

    private async ValueTask AddAsync(ColumnDef column, CancellationToken stop)
    {
        // Without NOT NULL: the rows that are there have no value for it.
        await session.ExecuteAsync($"alter table {target.Table} add column {Name(column.Name)} {PgTypes.Of(column)}", stop);
        if (column.Comment is { Length: > 0 } comment) await session.ExecuteAsync($"comment on column {target.Table}.{Name(column.Name)} is {PgText.Literal(comment)}", stop);
    }

    private ValueTask RetypeAsync(ColumnDef column, CancellationToken stop)
    {
        var (name, type) = (Name(column.Name), PgTypes.Of(column));
        return session.ExecuteAsync($"alter table {target.Table} alter column {name} type {type} using {name}::{type}", stop);
    }

    private async ValueTask<bool> HasAsync(string column, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand("select exists (select from pg_catalog.pg_attribute where attrelid = pg_catalog.to_regclass($1) and attname = $2 and attnum > 0 and not attisdropped)", session.Connection)
        {
            Parameters = { new() { Value = target.Table }, new() { Value = settings.Cased(column) } },
        };
        return (bool)(await command.ExecuteScalarAsync(stop))!;
    }

    private string Name(string column) => PgText.Quote(settings.Cased(column));

    private void PassOver(string why) => warn($"Jdbc: table '{settings.Target}': {why}; the change is passed over.");
}
