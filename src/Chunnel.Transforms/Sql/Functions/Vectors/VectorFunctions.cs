using Chunnel.Core;
using Chunnel.Transforms.Sql.Typing;

namespace Chunnel.Transforms.Sql.Functions.Vectors;

/// <summary>Functions of vectors (spec transforms.md 6.5). Products and sums are of double precision.</summary>
internal static class VectorFunctions
{
    public static IReadOnlyList<SqlFunction> All { get; } =
    [
        new()
        {
            Names = ["VECTOR_DIMS"], Gives = "INT", Parameters = [Parameter.Vector], Says = "How many numbers the vector has.", Example = ("VECTOR_DIMS(v)", "2"),
            Make = call => call.Operation("vector-dims", DataType.Int, made => new VectorDims(made) { Target = made.Target }),
        },
        new()
        {
            Names = ["VECTOR_NORM"], Gives = "DOUBLE", Parameters = [Parameter.Vector], Says = "The length of the vector: the root of the sum of the squares.", Example = ("VECTOR_NORM(v)", "5.0"),
            Make = call => call.Operation("vector-norm", DataType.Double, made => new VectorNorm(made) { Target = made.Target }),
        },
        new()
        {
            Names = ["VECTOR_NORMALIZE"], Gives = "FLOAT_VECTOR", Parameters = [Parameter.Vector], Says = "The vector at the length 1; one of zeros as it is.", Example = ("VECTOR_NORM(VECTOR_NORMALIZE(v)) > 0.999999", "true"),
            Make = call => call.Operation("vector-normalize", DimensionOf(call), made => new NormalizeVector(made) { Target = made.Target }),
        },
        new()
        {
            Names = ["VECTOR_REDUCE"], Gives = "FLOAT_VECTOR", Parameters = [Parameter.Vector, Parameter.Integer, Parameter.Word],
            Says = "The vector with fewer numbers: TRUNCATE keeps the first, RANDOM_PROJECTION and SPARSE_RANDOM_PROJECTION multiply with a matrix that is the same for all vectors of a length. A vector that is short enough is given as it is.",
            Example = ("VECTOR_DIMS(VECTOR_REDUCE(v, 1, 'TRUNCATE'))", "1"), Make = Reduce,
        },
        Pair<InnerProduct>("INNER_PRODUCT", "The sum of the products of the numbers of both.", ("INNER_PRODUCT(v, v)", "25.0")),
        Pair<L1Distance>("L1_DISTANCE", "The sum of the differences of both, without signs.", ("L1_DISTANCE(v, v)", "0.0")),
        Pair<L2Distance>("L2_DISTANCE", "The distance of both: the root of the sum of the squared differences.", ("L2_DISTANCE(v, v)", "0.0")),
        Pair<CosineDistance>("COSINE_DISTANCE", "One less the cosine of the angle between both; 1 when one is all zeros.", ("COSINE_DISTANCE(v, v)", "0.0")),
    ];

    private static SqlFunction Pair<TPair>(string name, string says, (string, string) example) where TPair : struct, IVectorPair => new()
    {
        Names = [name], Gives = "DOUBLE", Parameters = [Parameter.Vector, Parameter.Vector], Says = says + " Vectors of different lengths fail the row.", Example = example,
        Make = call => call.Operation(name, DataType.Double, made => new VectorPair<TPair>(made) { Target = made.Target }, canFail: true),
    };

    private static VectorType DimensionOf(FunctionCall call) => DataType.Vector(TypeKind.FloatVector, ((VectorType)call[0].Type).Dimension);

    private static Node? Reduce(FunctionCall call)
    {
        if (call.Word(2) is not { } word) return call.Null(DataType.Vector(TypeKind.FloatVector));
        VectorReduction? method = word.ToUpperInvariant() switch
        {
            "TRUNCATE" => VectorReduction.Truncate,
            "RANDOM_PROJECTION" => VectorReduction.RandomProjection,
            "SPARSE_RANDOM_PROJECTION" => VectorReduction.SparseRandomProjection,
            _ => null,
        };
        if (method is not { } known) return call.Refuse(2, $"Unknown reduction method: {word}", "The methods are TRUNCATE, RANDOM_PROJECTION and SPARSE_RANDOM_PROJECTION.");
        return call.Operation($"vector-reduce-{known}", DataType.Vector(TypeKind.FloatVector), [call[0], call[1]], made => new ReduceVector(made, known) { Target = made.Target }, canFail: true);
    }
}
