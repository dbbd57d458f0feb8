using Chunnel.Core;
using Chunnel.Transforms.Sql.Kernels.Numbers;
using Chunnel.Transforms.Sql.Operations.Columns;
using Chunnel.Transforms.Sql.Operations.Numbers;
using Chunnel.Transforms.Sql.Parsing;
using Chunnel.Transforms.Sql.Typing;

namespace Chunnel.Transforms.Sql.Functions.Numbers;

/// <summary>Functions of numbers (spec transforms.md 6.2).</summary>
internal static class NumberFunctions
{
    public static IReadOnlyList<SqlFunction> All { get; } =
    [
        new()
        {
            Names = ["ABS"], Gives = "the type of the argument", Parameters = [Parameter.Number], Says = "The number without its sign, in its type.",
            Example = ("ABS(-1)", "1"), Make = call => RoundingOf(call, RoundingKind.Abs),
        },
        new()
        {
            Names = ["SIGN"], Gives = "INT", Parameters = [Parameter.Number], Says = "-1, 0 or 1 by the number's sign.",
            Example = ("SIGN(-7)", "-1"), Make = Sign,
        },
        new()
        {
            Names = ["CEIL", "CEILING"], Gives = "the type of the argument", Parameters = [Parameter.Number], Says = "The least whole number not below the argument, in its type.",
            Example = ("CEIL(13.2)", "14.0"), Make = call => RoundingOf(call, RoundingKind.Ceiling),
        },
        new()
        {
            Names = ["FLOOR"], Gives = "the type of the argument", Parameters = [Parameter.Number], Says = "The greatest whole number not above the argument, in its type.",
            Example = ("FLOOR(13.2)", "13.0"), Make = call => RoundingOf(call, RoundingKind.Floor),
        },
        new()
        {
            Names = ["ROUND"], Gives = "the type of the argument", Parameters = [Parameter.Number, Parameter.Integer], Optional = 1, Says = "The number rounded to so many digits behind the point, half away from zero; negative digits round before it.",
            Example = ("ROUND(120.72124, 2)", "120.72"), Make = call => RoundingOf(call, RoundingKind.HalfUp),
        },
        new()
        {
            Names = ["TRUNC", "TRUNCATE"], Gives = "DOUBLE", Parameters = [Parameter.Number, Parameter.Integer], Optional = 1, Says = "The number cut to so many digits behind the point, as a double.",
            Example = ("TRUNC(120.729, 2)", "120.72"), Make = call => RoundingOf(call with { Arguments = [call.Calls.Numbers.ToDouble(call[0]), .. call.Arguments.Skip(1)] }, RoundingKind.Down),
        },
        new()
        {
            Names = ["MOD"], Gives = "the type of the second", Parameters = [Parameter.Number, Parameter.Number], Says = "What is left of dividing the first by the second, in the second's type.",
            Example = ("MOD(13, 5.4)", "2.2"), Make = Mod,
        },
        new()
        {
            Names = ["TRIM_SCALE"], Gives = "the type of the argument", Parameters = [Parameter.Number], Says = "The number without zeros at the end of its digits behind the point.",
            Example = ("TRIM_SCALE(CAST('1.500' AS DECIMAL(5, 3)))", "1.5"),
            Make = call => call[0].Type is DecimalType type ? call.Operation("trim-scale", type, made => new TrimScale(made.Operands[0]) { Target = made.Target }) : call[0],
        },
        OfDouble<Sqrt>("SQRT", "The square root.", ("SQRT(16)", "4.0")),
        OfDouble<Exp>("EXP", "e to the power of the argument.", ("EXP(1)", "2.718281828459045")),
        OfDouble<Acos>("ACOS", "The arc cosine; NaN outside -1 to 1.", ("ACOS(1)", "0.0")),
        OfDouble<Asin>("ASIN", "The arc sine; NaN outside -1 to 1.", ("ASIN(0.5)", "0.5235987755982989")),
        OfDouble<Atan>("ATAN", "The arc tangent.", ("ATAN(1)", "0.7853981633974483")),
        OfDouble<Cos>("COS", "The cosine of an angle in radians.", ("COS(0)", "1.0")),
        OfDouble<Cosh>("COSH", "The hyperbolic cosine.", ("COSH(0)", "1.0")),
        OfDouble<Sin>("SIN", "The sine of an angle in radians.", ("SIN(1)", "0.8414709848078965")),
        OfDouble<Sinh>("SINH", "The hyperbolic sine.", ("SINH(0)", "0.0")),
        OfDouble<Tan>("TAN", "The tangent of an angle in radians.", ("TAN(0)", "0.0")),
        OfDouble<Tanh>("TANH", "The hyperbolic tangent.", ("TANH(0)", "0.0")),
        OfDouble<Radians>("RADIANS", "An angle in degrees, in radians.", ("RADIANS(180)", "3.141592653589793")),
        Partial<Cot>("COT", "The cotangent of an angle in radians; the row fails where the tangent is zero.", ("COT(1)", "0.6420926159343306")),
        Partial<Ln>("LN", "The natural logarithm; the row fails for a number that is not above zero.", ("LN(13.2)", "2.580216829592325")),
        Partial<Log10>("LOG10", "The logarithm to the base 10; the row fails for a number that is not above zero.", ("LOG10(1000)", "3.0")),
        OfPair<Power>("POWER", "The first argument to the power of the second.", ("POWER(13.2, 2)", "174.23999999999998")),
        OfPair<Atan2>("ATAN2", "The angle of the point whose height is the first argument and whose width the second.", ("ATAN2(1, 2)", "0.4636476090008061")),
        new()
        {
            Names = ["LOG"], Gives = "DOUBLE", Parameters = [Parameter.Number, Parameter.Number], Says = "The logarithm of the second argument to the base of the first; the row fails when one is not above zero.",
            Example = ("LOG(10, 13.2)", "1.1205739312058498"),
            Make = call => call.Operation("log", DataType.Double, [call.Calls.Numbers.ToDouble(call[0]), call.Calls.Numbers.ToDouble(call[1])], made => new Logarithm(made) { Target = made.Target }, canFail: true),
        },
        new()
        {
            Names = ["PI"], Gives = "DOUBLE", Parameters = [], Says = "The number pi.", Example = ("PI()", "3.141592653589793"),
            Make = call => call.Nodes.Literal("pi", () => Constants.Of(DataType.Double, Math.PI), call.Syntax),
        },
    ];

    private static SqlFunction OfDouble<TFunction>(string name, string says, (string, string) example) where TFunction : struct, IDoubleFunction => new()
    {
        Names = [name], Gives = "DOUBLE", Parameters = [Parameter.Number], Says = says, Example = example,
        Make = call => call.Operation(name, DataType.Double, [call.Calls.Numbers.ToDouble(call[0])], made => new DoubleFunction<TFunction>(made.Operands[0]) { Target = made.Target }),
    };

    private static SqlFunction Partial<TFunction>(string name, string says, (string, string) example) where TFunction : struct, IPartialFunction => new()
    {
        Names = [name], Gives = "DOUBLE", Parameters = [Parameter.Number], Says = says, Example = example,
        Make = call => call.Operation(name, DataType.Double, [call.Calls.Numbers.ToDouble(call[0])], made => new PartialOperation<TFunction>(made) { Target = made.Target }, canFail: true),
    };

    private static SqlFunction OfPair<TFunction>(string name, string says, (string, string) example) where TFunction : struct, IBinary<double> => new()
    {
        Names = [name], Gives = "DOUBLE", Parameters = [Parameter.Number, Parameter.Number], Says = says, Example = example,
        Make = call => call.Operation(name, DataType.Double, [call.Calls.Numbers.ToDouble(call[0]), call.Calls.Numbers.ToDouble(call[1])],
            made => new MapOperation<TFunction, double>(made.Operands[0], made.Operands[1]) { Target = made.Target }),
    };

    /// <summary>The number rounded in its own type.</summary>
    public static Node Round(FunctionCall call, Node number, Node digits, RoundingKind kind) => call.Operation($"round:{kind}", number.Type, [number, digits],
        made => new RoundOperation(made.Operands[0], made.Operands[1], kind, made.Guard, made.Where) { Target = made.Target }, canFail: number.Type is DecimalType);

    private static Node RoundingOf(FunctionCall call, RoundingKind kind) => Round(call, call[0], call.IntegerOr(1, 0), kind);

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
        var whole = Round(call, exact, call.IntegerOr(call.Count, 0), RoundingKind.Down);
        return call.Calls.Casts.Cast(whole, right.Type, attempt: false, call.Syntax);
    }
}
