using Chunnel.Core;

namespace Chunnel.Connectors.Jdbc;

/// <summary>What a statement is run with.</summary>
/// <param name="Values">The texts of its parameters.</param>
/// <param name="Batch">Where the row comes from: at hand while the batch is being written, and longer where rows may be refused.</param>
/// <param name="Row">Its number there.</param>
internal readonly record struct StatementRow(string?[] Values, ColumnBatch Batch, int Row);
