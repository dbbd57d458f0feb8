using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Functions.Users;

/// <summary>Calls a plug-in's function once a batch.</summary>
internal sealed class UserOperation(Emission made, ISqlFunction function) : Operation
{
    public override void Run(Frame frame) => frame.Set(Target, PromisedColumn.Of(function, new Input(frame, made), made.Type, (row, thrown) => frame.Fail(row, made.Where, thrown.What, thrown)));

    private sealed class Input(Frame frame, Emission made) : SqlFunctionInput
    {
        public override IReadOnlyList<Column> Arguments { get; } = [.. made.Operands.Select(operand => operand.Of(frame))];

        public override int Rows => frame.Rows;

        public override BatchMemory Memory => frame.Memory;

        public override bool Counts(int row) => frame.MustDo(row, made.Guard);

        public override void Fail(int row, string why)
        {
            if (Counts(row)) frame.Fail(row, made.Where, why);
        }
    }
}
