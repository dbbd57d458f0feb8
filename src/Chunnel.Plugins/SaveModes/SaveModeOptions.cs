namespace Chunnel.Plugins;

/// <summary>The options of sinks with save modes.</summary>
public static class SaveModeOptions
{
    public static readonly Option<SchemaSaveMode> Schema =
        Option.Enum<SchemaSaveMode>("schema_save_mode").Default(SchemaSaveMode.CreateSchemaWhenNotExist).Says("What happens to the target's structure before the job starts.");

    public static readonly Option<DataSaveMode> Data =
        Option.Enum<DataSaveMode>("data_save_mode").Default(DataSaveMode.AppendData).Says("What happens to the target's rows before the job starts.");

    public static readonly Option<string> CustomSql = Option.Text("custom_sql").Says("What CUSTOM_PROCESSING runs.");
}
