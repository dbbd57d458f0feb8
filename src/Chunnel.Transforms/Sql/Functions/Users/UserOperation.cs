using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Functions.Users;

/// <summary>Calls a plug-in's function once a batch, and looks whether it gave what it promised.</summary>
internal sealed class UserOperation(Emission made, ISqlFunction function) : Operation
{
    public override void Run(Frame frame)
    {
        Column result;
        try
        {
            result = function.Evaluate(new Input(frame, made));
        }
        catch (Exception e) when (e is not (ChunnelException or OperationCanceledException))
        {
            throw new ChunnelException(CommonErrors.UnsupportedOperation, $"The function {function.Name} of a plug-in failed: {e.GetType().Name}: {e.Message}", e) { Mend = "Ask the plug-in's author." };
        }
        if (result.Type == made.Type && result.Length == frame.Rows)
        {
            frame.Set(Target, result);
            return;
        }
        var gave = $"{result.Length} values of type {result.Type}";
        result.Release();
        throw new ChunnelException(CommonErrors.UnsupportedOperation, $"The function {function.Name} of a plug-in gave {gave} instead of {frame.Rows} of type {made.Type}.") { Mend = "Ask the plug-in's author." };
    }

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
