using VitLab.Data;
using VitLab.Web.Runs;
using VitLab.Web.Startup;

namespace VitLab.Web.Report;

/// <summary>What a smoke run has instead of the lab's own services: a folder that is thrown away, and a handful of the samples that are on this machine.</summary>
internal static class SmokeLab
{
    private const int PenDigits = 256;

    public static void AddSmokeLab(this IServiceCollection services, string home)
    {
        services.AddSingleton(new LabFolders(home));
        services.AddSingleton(provider => new DataCatalog(provider.GetRequiredService<DataCatalogOptions>() with
        {
            AllowDownload = false, PenTraining = PenDigits, PenValidation = FewSamples.Count, PenTest = FewSamples.Count,
        }));
        services.AddSingleton<LabData, FewSamples>();
    }

    /// <summary>Validates and tests on the first few samples.</summary>
    private sealed class FewSamples(DataCatalog catalog) : LabData(catalog)
    {
        public const int Count = 128;   // enough that every digit is there several times

        public override async Task<ImageSplits> LoadAsync(string source, int seed, Action<string>? activity = null, CancellationToken ct = default)
        {
            var splits = await base.LoadAsync(source, seed, activity, ct);
            return splits with
            {
                Description = $"{splits.Description} Of validation and test, the first {Count} alone.",
                Validation = First(splits.Validation),
                Test = First(splits.Test),
            };
        }

        private static ImageSet First(ImageSet images) => images.Select([.. Enumerable.Range(0, Math.Min(Count, images.Count))]);
    }
}
