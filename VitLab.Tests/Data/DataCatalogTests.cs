using System.Net;
using VitLab.Data;
using VitLab.Experiments;
using VitLab.Tests.Support;

namespace VitLab.Tests.Data;

public class DataCatalogTests
{
    [Fact]
    public void Load_Mnist_SplitsTheTrainingFileAndKeepsTheTestFile()
    {
        using var data = new TinyMnist();

        var splits = data.Catalog().Load("mnist", seed: 1);

        Assert.Equal("mnist", splits.Source);
        Assert.Equal((TinyMnist.TrainCount - 10, 10, TinyMnist.TestCount), (splits.Train.Count, splits.Validation.Count, splits.Test.Count));
        Assert.Equal(PenDigits.Generate(TinyMnist.TestCount, seed: 2).Pixels, splits.Test.Pixels);
        Assert.Equal(Keys(PenDigits.Generate(TinyMnist.TrainCount, seed: 1)), Keys(splits.Train.Concat(splits.Validation)));
        Assert.Contains("not the published files", splits.Description, StringComparison.Ordinal);
        Assert.Matches("^[0-9a-f]{16}$", splits.Checksum);
    }

    [Fact]
    public void Load_MnistWithAnotherSeed_IsTheSameSplit()
    {
        using var data = new TinyMnist();
        var catalog = data.Catalog();

        Assert.Same(catalog.Load("mnist", seed: 1), catalog.Load("mnist", seed: 2));
        Assert.Equal(catalog.Load("mnist", seed: 1).Train.Pixels, data.Catalog().Load("mnist", seed: 3).Train.Pixels);
    }

    [Fact]
    public void Load_UnpackedFiles_AreFound()
    {
        using var data = new TinyMnist();
        var test = PenDigits.Generate(TinyMnist.TestCount, seed: 2);
        File.Delete(data.PathOf(MnistFile.TestImages));
        File.WriteAllBytes(Path.ChangeExtension(data.PathOf(MnistFile.TestImages), null), TinyMnist.Idx([TinyMnist.TestCount, 28, 28], test.Pixels));

        Assert.Equal(test.Pixels, data.Catalog().Load("mnist", seed: 1).Test.Pixels);
    }

    [Fact]
    public void Load_Pen_HasDisjointSplitsThatFollowTheSeed()
    {
        using var data = new TinyMnist();
        var catalog = data.Catalog();

        var splits = catalog.Load("pen", seed: 1);

        Assert.Equal((60, 20, 20), (splits.Train.Count, splits.Validation.Count, splits.Test.Count));
        Assert.Empty(Keys(splits.Train).Intersect(Keys(splits.Validation)));
        Assert.Empty(Keys(splits.Train).Intersect(Keys(splits.Test)));
        Assert.Same(splits, catalog.Load("pen", seed: 1));
        Assert.NotEqual(splits.Train.Pixels, catalog.Load("pen", seed: 2).Train.Pixels);
        Assert.NotEqual(splits.Checksum, catalog.Load("pen", seed: 2).Checksum);
    }

    [Fact]
    public void Load_Mix_IsHalfAndHalfWithTheTestOfMnist()
    {
        using var data = new TinyMnist();
        var catalog = data.Catalog();
        var mnist = catalog.Load("mnist", seed: 1);

        var mix = catalog.Load("mix", seed: 1);

        Assert.Equal((2 * mnist.Train.Count, 2 * mnist.Validation.Count), (mix.Train.Count, mix.Validation.Count));
        Assert.Equal(mnist.Train.Pixels, mix.Train.Pixels[..mnist.Train.Pixels.Length]);
        Assert.Same(mnist.Test, mix.Test);
        Assert.NotEqual(mnist.Checksum, mix.Checksum);
    }

    [Fact]
    public void Load_PenUnseen_IsATestAndTheSameForEverySeed()
    {
        using var data = new TinyMnist();
        var catalog = data.Catalog();

        var splits = catalog.Load("pen-unseen", seed: 1);

        Assert.Equal((0, 0, 30), (splits.Train.Count, splits.Validation.Count, splits.Test.Count));
        Assert.Same(splits, catalog.Load("pen-unseen", seed: 2));
        Assert.Equal(splits.Test.Pixels, data.Catalog().Load("pen-unseen", seed: 3).Test.Pixels);
        Assert.Contains("no training sees", splits.Description, StringComparison.Ordinal);
        Assert.Same(splits.Test, splits[Split.Test]);
        Assert.Equal(10_000, new DataCatalogOptions().PenUnseenTest);
    }

    [Theory]
    [InlineData(Split.Train, "train")]
    [InlineData(Split.Validation, "validation")]
    public void Load_PenUnseenToTrainOn_IsRefusedByField(Split split, string name)
    {
        using var data = new TinyMnist();
        var splits = data.Catalog().Load("pen-unseen", seed: 1);

        var error = Assert.Throws<DataException>(() => splits[split]);

        Assert.Contains($"data: pen-unseen has no {name} split", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sources_ToTrainOn_LeaveTheUnseenOut()
    {
        Assert.Equal(["mnist", "pen", "mix", "cifar-10", "fashion-mnist"], DataCatalog.TrainingSources);
        Assert.Equal([.. DataCatalog.TrainingSources, "pen-unseen"], DataCatalog.Sources);
        Assert.All(ExperimentCatalog.All, experiment => Assert.All(OptionSchema.Of(experiment).Field("data").Choices, choice => Assert.Contains(choice, DataCatalog.TrainingSources)));
    }

    [Theory]
    [InlineData("fashion")]
    [InlineData("fashion-mnist")]
    public void Load_FashionInEitherFolder_IsSplitAsMnistIs(string folder)
    {
        using var data = new TinyMnist();
        Directory.Move(data.Folder, Path.Combine(data.Root, folder));

        var splits = data.Catalog().Load("fashion-mnist", seed: 1);

        Assert.Equal(("fashion-mnist", 110, 10, 30), (splits.Source, splits.Train.Count, splits.Validation.Count, splits.Test.Count));
        Assert.Contains("Fashion-MNIST: 110 training", splits.Description, StringComparison.Ordinal);
        Assert.Equal(16, splits.Checksum.Length);
    }

    [Theory]
    [InlineData("cifar-10", "cifar-10-batches-bin", "data_batch_1.bin")]
    [InlineData("fashion-mnist", "fashion-mnist", "four files")]
    public void Load_PicturesThatAreNotHere_SayWhereToPutWhat(string source, string folder, string files)
    {
        using var data = new TinyMnist();

        var error = Assert.Throws<DataException>(() => data.Catalog().Load(source, seed: 1));

        Assert.Contains(Path.Combine(data.Root, folder), error.Message, StringComparison.Ordinal);
        Assert.Contains(files, error.Message, StringComparison.Ordinal);
        Assert.Null(data.Catalog().FolderOf(source));
    }

    [Fact]
    public void Load_NothingFound_SaysWhereItLookedAndOffersPen()
    {
        using var data = new TinyMnist();
        File.Delete(data.PathOf(MnistFile.TestLabels));

        var error = Assert.Throws<DataException>(() => data.Catalog().Load("mnist", seed: 1));

        Assert.Contains(data.Folder, error.Message, StringComparison.Ordinal);
        Assert.Contains("data = pen", error.Message, StringComparison.Ordinal);
        Assert.Null(data.Catalog().FolderOf("mnist"));
    }

    [Fact]
    public void Load_DownloadFails_SaysWhereItLookedAndWhatTheMirrorsSaid()
    {
        using var data = new TinyMnist();
        File.Delete(data.PathOf(MnistFile.TestLabels));
        using var client = new HttpClient(TestMirror.Of(_ => null));

        var error = Assert.Throws<DataException>(() => data.Catalog(client, allowDownload: true).Load("mix", seed: 1));

        Assert.Contains(data.Folder, error.Message, StringComparison.Ordinal);
        Assert.Contains("data = pen", error.Message, StringComparison.Ordinal);
        Assert.Contains("https://mirror.test/mnist/t10k-labels-idx1-ubyte.gz: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_DamagedFile_NamesIt()
    {
        using var data = new TinyMnist();
        var path = data.PathOf(MnistFile.TrainImages);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..2000]);

        var error = Assert.Throws<DataException>(() => data.Catalog().Load("mnist", seed: 1));

        Assert.Equal(path, error.File);
        Assert.Contains("truncated", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_LabelOutOfRange_NamesFileAndPlace()
    {
        using var data = new TinyMnist();
        var labels = new byte[TinyMnist.TestCount];
        labels[4] = 10;
        data.Write(MnistFile.TestLabels, TinyMnist.Idx([labels.Length], labels));

        var error = Assert.Throws<DataException>(() => data.Catalog().Load("mnist", seed: 1));

        Assert.Contains("expected labels 0 to 9, got 10 at 4", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_UnknownSource_NamesTheKnownOnes() =>
        Assert.Contains("mnist, pen, mix", Assert.Throws<DataException>(() => new DataCatalog().Load("imagenet", seed: 1)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task LoadAsync_AfterAFailure_TriesAgain()
    {
        using var data = new TinyMnist();
        var labels = await File.ReadAllBytesAsync(data.PathOf(MnistFile.TestLabels), TestContext.Current.CancellationToken);
        File.Delete(data.PathOf(MnistFile.TestLabels));
        var catalog = data.Catalog();
        await Assert.ThrowsAsync<DataException>(() => catalog.LoadAsync("mnist", 1, ct: TestContext.Current.CancellationToken));

        await File.WriteAllBytesAsync(data.PathOf(MnistFile.TestLabels), labels, TestContext.Current.CancellationToken);

        Assert.Equal(TinyMnist.TestCount, (await catalog.LoadAsync("mnist", 1, ct: TestContext.Current.CancellationToken)).Test.Count);
    }

    [Fact]
    public async Task LoadAsync_Together_ShareOneLoadAndGiveUpOneByOne()
    {
        using var data = new TinyMnist();
        File.Delete(data.PathOf(MnistFile.TestLabels));
        var asked = new TaskCompletionSource();
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        var mirror = new TestMirror((_, ct) =>
        {
            asked.TrySetResult();
            return answer.Task.WaitAsync(ct);
        });
        using var client = new HttpClient(mirror);
        var catalog = data.Catalog(client, allowDownload: true);
        using var leaving = new CancellationTokenSource();

        var first = catalog.LoadAsync("mnist", 1, ct: leaving.Token);
        var second = catalog.LoadAsync("mnist", 2, ct: TestContext.Current.CancellationToken);
        await asked.Task;
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.False(second.IsCompleted);
        answer.SetResult(new HttpResponseMessage(HttpStatusCode.NotFound));

        await Assert.ThrowsAsync<DataException>(() => second);
        Assert.Single(mirror.Asked);
    }

    [Fact]
    public async Task LoadAsync_EveryoneGivesUp_CancelsTheWork()
    {
        using var data = new TinyMnist();
        File.Delete(data.PathOf(MnistFile.TestLabels));
        var asked = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        using var client = new HttpClient(new TestMirror(async (_, ct) =>
        {
            await using var registration = ct.Register(() => cancelled.TrySetResult());
            asked.TrySetResult();
            await Task.Delay(Timeout.Infinite, ct);
            return new HttpResponseMessage(HttpStatusCode.NotFound);
        }));
        using var leaving = new CancellationTokenSource();

        var load = data.Catalog(client, allowDownload: true).LoadAsync("mnist", 1, ct: leaving.Token);
        await asked.Task;
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => load);
        await cancelled.Task.WaitAsync(Limit.Time, TestContext.Current.CancellationToken);
    }

    /// <summary>The genuine files, when this machine has them.</summary>
    [Fact]
    public void Load_GenuineMnist_Has55000And5000And10000()
    {
        var folders = DataFolders.Default();
        Assert.SkipWhen(folders.Find("mnist", folder => MnistFile.All.All(file => file.FindIn(folder) is not null)) is null, "MNIST is in none of the data folders.");

        var splits = new DataCatalog(new DataCatalogOptions { Folders = folders, AllowDownload = false }).Load("mnist", seed: 1);

        Assert.Equal((55_000, 5_000, 10_000), (splits.Train.Count, splits.Validation.Count, splits.Test.Count));
        Assert.DoesNotContain("not the published", splits.Description, StringComparison.Ordinal);
        Assert.Equal(7, splits.Test.Label(0));
    }

    private static HashSet<string> Keys(ImageSet images) =>
        [.. Enumerable.Range(0, images.Count).Select(i => Convert.ToHexString(images.Image(i)) + images.Label(i))];
}
