using VitLab.Experiments;

namespace VitLab.Web.Api;

/// <summary>What can be trained, with the form of its options.</summary>
internal static class ExperimentEndpoints
{
    public static void MapExperiments(this RouteGroupBuilder api) =>
        api.MapGet("/experiments", () => ExperimentCatalog.All.Select(ExperimentView.Of).ToArray())
            .WithTags("Experiments").WithSummary("Every experiment with its presets and the fields of its options.");

    private sealed record ExperimentView(
        string Id, string Title, string Phase, string Goal, string PrimaryMetric, IReadOnlyList<Metric> Metrics, IReadOnlyList<string> Classes,
        GeometryView Geometry, CanvasGuide? Canvas, ImageShape SourceImages, IReadOnlyList<ExperimentPreset> Presets, IReadOnlyList<FieldView> Fields)
    {
        /// <summary>Classes and sizes are those of the first preset.</summary>
        public static ExperimentView Of(Experiment experiment)
        {
            var options = experiment.Presets[0].Options;
            return new(
                experiment.Id, experiment.Card.Title, experiment.Card.Phase, experiment.Card.Goal, experiment.Card.PrimaryMetric.Key, experiment.Card.Metrics, experiment.Classes(options),
                GeometryView.Of(experiment.Geometry(options)), experiment.Canvas(options), experiment.SourceImages(options), experiment.Presets,
                [.. OptionSchema.Of(experiment).Fields.Select(FieldView.Of)]);
        }
    }

    /// <summary>Minimum and maximum are null where there is none.</summary>
    private sealed record FieldView(string Key, string Title, string Help, string Group, string Unit, string Kind, double? Minimum, double? Maximum, IReadOnlyList<string> Choices)
    {
        public static FieldView Of(OptionField field) => new(
            field.Key, field.Title, field.Help, field.Group, field.Unit, field.Kind.ToString(),
            double.IsFinite(field.Minimum) ? field.Minimum : null, double.IsFinite(field.Maximum) ? field.Maximum : null, field.Choices);
    }
}

/// <summary>Sizes in pixels.</summary>
internal sealed record GeometryView(int Channels, int Height, int Width, int Patch)
{
    public static GeometryView Of(InputGeometry geometry) => new(geometry.Channels, geometry.Height, geometry.Width, geometry.Patch);
}
