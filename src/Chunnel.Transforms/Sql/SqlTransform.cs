using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Sql.Explosions;
using Chunnel.Transforms.Sql.Lineage;
using Chunnel.Transforms.Sql.Operations.Columns;
using Chunnel.Transforms.Sql.Parsing;
using Chunnel.Transforms.Sql.Programs;
using Chunnel.Transforms.Sql.Typing;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.Sql;

/// <summary>A query over one table.</summary>
internal sealed class SqlTransform : IBatchTransform
{
    private readonly Constants _constants = new();
    private readonly CompiledSelect _select;
    private readonly SqlProgram _program;
    private readonly RowErrors _errors;

    /// <exception cref="ProblemsException">The query does not parse or does not fit the table; it holds all mistakes.</exception>
    public SqlTransform(TableSchema table, QueryText query, RowErrors errors, SqlFunctionSet? functions = null)
    {
        _errors = errors;
        var problems = new SqlProblems(query);
        try
        {
            var select = SqlParser.Parse(query, problems);
            if (select is null) problems.ThrowIfAny();
            From = select!.From;
            _select = SelectTyper.Compile(select, table, functions ?? SqlFunctionSet.None, problems, _constants, HandleErrors);
            _program = _select.Program;
        }
        catch
        {
            _constants.Dispose();
            throw;
        }
    }

    public TableSchema Output => _program.Output;

    /// <summary>The name behind FROM.</summary>
    public string? From { get; }

    /// <summary>What is made of the rows that come out, when the query explodes arrays.</summary>
    public Explosion? Explosion => _select.Explosion;

    /// <summary>Operations of the program.</summary>
    public int StepCount => _program.StepCount;

    public TableLineage LineageOf(TableSchema input) => SelectLineage.Of(_select, input);

    public void Open(TransformRuntime runtime)
    {
        _errors.Open(runtime);
        _program.Clock = runtime.Clock;
    }

    public ColumnBatch? Apply(ColumnBatch batch) => _program.Run(batch);

    public void Dispose()
    {
        _program.Dispose();
        _constants.Dispose();
    }

    private void HandleErrors(ColumnBatch batch, List<RowError> errors)
    {
        foreach (var error in errors.DistinctBy(error => error.Row).OrderBy(error => error.Row)) _errors.Handle(batch, error.Row, error.Where.ToString(), error.Why, error.Cause?.Code, cause: error.Cause);
    }
}
