using Chunnel.Core;
using Chunnel.Transforms.Sql.Kernels;
using Chunnel.Transforms.Sql.Operations;
using Chunnel.Transforms.Sql.Parsing;
using Chunnel.Transforms.Sql.Typing;

namespace Chunnel.Transforms.Sql.Functions;

/// <summary>Functions of numbers (spec transforms.md 6.2).</summary>
internal static class NumberFunctions
{
    public static IReadOnlyList<SqlFunction> All { get; } =
    [
        new()
        {
            Names = ["ABS"], Parameters = [Parameter.Number], Says = "The number without its sign, in its type.",
            Example = ("ABS(-1)", "1"), Make = call => RoundingOf(call, RoundingKind.Abs),
        },
        new()
        {
            Names = ["SIGN"], Parameters = [Parameter.Number], Says = "-1, 0 or 1 by the number's sign.",
            Example = ("SIGN(-7)", "-1"), Make = Sign,
        },
        new()
        {
            Names = ["CEIL", "CEILING"], Parameters = [Parameter.Number], Says = "The least whole number not below the argument, in its type.",
            Example = ("CEIL(13.2)", "14.0"), Make = call => RoundingOf(call, RoundingKind.Ceiling),
        },
        new()
        {
            Names = ["FLOOR"], Parameters = [Parameter.Number], Says = "The greatest whole number not above the argument, in its type.",
            Example = ("FLOOR(13.2)", "13.0"), Make = call => RoundingOf(call, RoundingKind.Floor),
        },
        new()
        {
            Names = ["ROUND"], Parameters = [Parameter.Number, Parameter.Integer], Optional = 1, Says = "The number rounded to so many digits behind the point, half away from zero; negative digits round before it.",
            Example = ("ROUND(120.72124, 2)", "120.72"), Make = call => RoundingOf(call, RoundingKind.HalfUp),
        },
        new()
        {
            Names = ["TRUNC", "TRUNCATE"], Parameters = [Parameter.Number, Parameter.Integer], Optional = 1, Says = "The number cut to so many digits behind the point, as a double.",
            Example = ("TRUNC(120.729, 2)", "120.72"), Make = call => RoundingOf(call with { Arguments = [call.Calls.Numbers.ToDouble(call[0]), .. call.Arguments.Skip(1)] }, RoundingKind.Down),
        },
        new()
        {
            Names = ["MOD"], Parameters = [Parameter.Number, Parameter.Number], Says = "What is left of dividing the first by the second, in the second's type.",
            Example = ("MOD(13, 5.4)", "2.2"), Make = Mod,
        },
        OfDouble<Sqrt>("SQRT", "The square root.", ("SQRT(16)", "4.0")),
        OfDouble<Exp>("EXP", "e to the power of the argument.", ("EXP(1)", "2.718281828459045")),
        new()
        {
            Names = ["POWER"], Parameters = [Parameter.Number, Parameter.Number], Says = "The first argument to the power of the second.",
            Example = ("POWER(13.2, 2)", "174.23999999999998"),
            Make = call => call.Operation("power", DataType.Double, [call.Calls.Numbers.ToDouble(call[0]), call.Calls.Numbers.ToDouble(call[1])],
                made => new MapOperation<Power, double>(made.Operands[0], made.Operands[1]) { Target = made.Target }),
        },
        new()
        {
            Names = ["PI"], Parameters = [], Says = "The number pi.", Example = ("PI()", "3.141592653589793"),
            Make = call => call.Nodes.Literal("pi", () => Constants.Of(DataType.Double, Math.PI), call.Syntax),
        },
    ];

    private static SqlFunction OfDouble<TFunction>(string name, string says, (string, string) example) where TFunction : struct, IDoubleFunction => new()
    {
        Names = [name], Parameters = [Parameter.Number], Says = says, Example = example,
        Make = call => call.Operation(name, DataType.Double, [call.Calls.Numbers.ToDouble(call[0])], made => new DoubleFunction<TFunction>(made.Operands[0]) { Target = made.Target }),
    };

    private static Node RoundingOf(FunctionCall call, RoundingKind kind)
    {
        var digits = call.IntegerOr(1, 0);
        var type = call[0].Type;
        return call.Operation($"round:{kind}", type, [call[0], digits],
            made => new RoundOperation(made.Operands[0], made.Operands[1], kind, made.Guard, made.Where) { Target = made.Target }, canFail: type is DecimalType);
    }

    private static Node? Sign(FunctionCall call)
    {
        var zero = call.Nodes.Literal("int:0", () => Constants.Of(DataType.Int, 0), call.Syntax, "0");
        Node Value(int sign) => call.Nodes.Literal($"int:{sign}", () => Constants.Of(DataType.Int, sign), call.Syntax);
        var compares = call.Calls.Compares;
        return call.Calls.Choose(
            [
                (compares.Compare(BinarySign.Greater, call[0], zero, call.Syntax)!, Value(1)),
                (compares.Compare(BinarySign.Less, call[0], zero, call.Syntax)!, Value(-1)),
                (call.Nodes.IsNull(call[0], negated: true, call.Syntax), Value(0)),
            ],
            call.Nodes.Null(DataType.Int, call.Syntax), call.Syntax);
    }

    /// <summary>The peer computes by the decimal digits of both and gives the second's type.</summary>
    private static Node? Mod(FunctionCall call)
    {
        var numbers = call.Calls.Numbers;
        var (left, right) = (call[0], call[1]);
        if (left.Type.IsInteger && right.Type.IsInteger)
        {
            var rest = numbers.Arithmetic(BinarySign.Modulo, left, right, call.Syntax)!;
            return call.Calls.Casts.Cast(rest, right.Type, attempt: false, call.Syntax);
        }
        var exact = call.Operation("mod", DataType.Decimal(DecimalType.MaxPrecision, 17), [numbers.ToExact(left), numbers.ToExact(right)],
            made => new DecimalArithmetic(made.Operands[0], made.Operands[1], BinarySign.Modulo, (DecimalType)made.Type, made.Guard, made.Where) { Target = made.Target }, canFail: true);
        if (!right.Type.IsInteger) return right.Type is DecimalType type ? numbers.ToDecimal(exact, type) : call.Calls.Casts.Cast(exact, right.Type, attempt: false, call.Syntax);
        var whole = call.Operation("round:Down", exact.Type, [exact, call.IntegerOr(2, 0)],
            made => new RoundOperation(made.Operands[0], made.Operands[1], RoundingKind.Down, made.Guard, made.Where) { Target = made.Target }, canFail: true);
        return call.Calls.Casts.Cast(whole, right.Type, attempt: false, call.Syntax);
    }
}
