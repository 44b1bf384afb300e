using System.Text.Json;
using System.Text.Json.Nodes;
using VitLab.Experiments;
using VitLab.Web.Startup;

namespace VitLab.Web.Runs;

/// <summary>run.json: a <see cref="RunRecord"/> whose options are read with the schema of its experiment.</summary>
internal static class RunFile
{
    public static byte[] Write(RunRecord record) => JsonSerializer.SerializeToUtf8Bytes(record with { Activity = null }, LabJson.Indented);

    /// <exception cref="RunException">What is wrong with the file, for people.</exception>
    public static RunRecord Read(string path, string id)
    {
        try
        {
            var node = JsonNode.Parse(File.ReadAllBytes(path)) as JsonObject ?? throw new JsonException("it is not an object");
            var options = node["options"]?.AsObject() ?? throw new JsonException("options are missing");
            node.Remove("options");
            var record = node.Deserialize<RunRecord>(LabJson.Options) ?? throw new JsonException("it is empty");
            var experiment = ExperimentCatalog.Find(record.Experiment);
            var read = OptionSchema.ReadStored(experiment, JsonSerializer.SerializeToElement(options));
            return Adopted(record with { Options = read }, id);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NotSupportedException)
        {
            throw new RunException("run.json", $"run.json is not a run record: {e.Message}");
        }
        catch (OptionException e)
        {
            throw new RunException("run.json", $"run.json: {e.Message}");
        }
        catch (Exception e) when (RunFiles.IsDiskTrouble(e))
        {
            throw new RunException("run.json", $"run.json cannot be read: {e.Message}");
        }
    }

    /// <summary>A folder copied by hand is a run of its own; the original goes on, the copy does not.</summary>
    private static RunRecord Adopted(RunRecord record, string id) =>
        record.Id == id ? record
        : record with { Id = id, State = record.IsOpen ? RunState.Stopped : record.State };
}
