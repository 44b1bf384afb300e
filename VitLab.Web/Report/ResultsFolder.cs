using System.Text;
using System.Text.Json;
using VitLab.Web.Runs;
using VitLab.Web.Startup;

namespace VitLab.Web.Report;

/// <summary>The results table on disk: JSON for programs and for the next call, Markdown for people. A smoke run's has files of its own.</summary>
internal sealed class ResultsFolder(string path, bool isSmoke, RunFiles files)
{
    private static readonly JsonSerializerOptions s_json = new(LabJson.Indented) { RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true };

    public string Json => FileOf("json");

    public string Markdown => FileOf("md");

    /// <summary>The table that is there, or one without a measured row.</summary>
    /// <exception cref="RunException">The file is not a results table.</exception>
    public ResultsTable Read() => ResultsTable.Of(isSmoke, File.Exists(Json) ? ReadRows() : []);

    public void Write(ResultsTable table)
    {
        files.CreateFolder(path);
        files.Replace(Json, JsonSerializer.SerializeToUtf8Bytes(table, s_json));
        files.Replace(Markdown, Encoding.UTF8.GetBytes(ResultsMarkdown.Of(table)));
    }

    private IReadOnlyList<ResultRow> ReadRows()
    {
        try
        {
            var table = JsonSerializer.Deserialize<ResultsTable>(File.ReadAllBytes(Json), s_json) ?? throw new JsonException("it is empty");
            return table.IsSmoke == isSmoke ? table.Rows : throw new JsonException(isSmoke ? "it is not a smoke run's" : "it is a smoke run's");
        }
        catch (JsonException e)
        {
            throw new RunException("results", $"'{Json}' is not a results table ({e.Message}); delete it to begin another.");
        }
    }

    private string FileOf(string extension) => Path.Combine(path, $"results{(isSmoke ? ".quick" : "")}.{extension}");
}
