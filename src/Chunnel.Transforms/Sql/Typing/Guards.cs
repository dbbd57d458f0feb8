using Chunnel.Core;
using Chunnel.Transforms.Sql.Operations.Logic;
using Chunnel.Transforms.Sql.Parsing;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Typing;

/// <summary>Booleans that say where an operation that can fail may run.</summary>
internal static class Guards
{
    public static Operand And(ProgramBuilder builder, Operand? outer, Operand inner, Syntax syntax) => outer is null
        ? inner
        : builder.Emit("and", DataType.Boolean, [outer, inner], null, syntax, made => new Connection(made.Operands[0], made.Operands[1], and: true) { Target = made.Target });

    /// <summary>Where the left side of AND is not false, or that of OR not true.</summary>
    public static Operand Undecided(ProgramBuilder builder, Operand left, bool and, Syntax syntax) =>
        builder.Emit(and ? "not-false" : "not-true", DataType.Boolean, [left], null, syntax, made => new Undecided(made.Operands[0], and) { Target = made.Target });

    /// <summary>Where a condition is false or null.</summary>
    public static Operand NotTrue(ProgramBuilder builder, Operand condition, Syntax syntax) => Undecided(builder, condition, and: false, syntax);
}
