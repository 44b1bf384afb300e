using VitLab.Torch;
using static VitLab.Torch.torch;
using static VitLab.Torch.torch.nn;

namespace VitLab.Tests.Torch;

/// <summary>Grad mode, dispose scopes, pools and random numbers belong to a thread.</summary>
public class ThreadTests
{
    [Fact]
    public void OtherThread_GradModeScopeAndSeed_AreItsOwn()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var expected = rand(4).data<float>().ToArray();
        manual_seed(3);
        using var _ = no_grad();
        Tensor? foreign = null;

        OnThread(() =>
        {
            manual_seed(99);
            rand(1000);
            foreign = ones(1, requires_grad: true) * 2;
            Assert.True(foreign.requires_grad);
        });

        Assert.False(scope.Contains(foreign!));
        Assert.Equal(expected, rand(4).data<float>().ToArray());
    }

    [Fact]
    public void TwoThreads_TrainingTheirModels_GetTheSameAsAlone()
    {
        var alone = Train(1);
        var results = new float[4][];

        OnThreads(4, i => results[i] = Train(i % 2 == 0 ? 1 : 2));

        Assert.Equal(alone, results[0]);
        Assert.Equal(alone, results[2]);
        Assert.Equal(results[1], results[3]);
    }

    [Fact]
    public void ManyThreads_ReadingOneModel_AgreeWhileItStandsStill()
    {
        manual_seed(4);
        using var model = Sequential(Linear(8, 16), GELU(), Linear(16, 3));
        var expected = Read(model);
        var answers = new float[4][];

        OnThreads(4, i =>
        {
            for (var n = 0; n < 200; n++)
                answers[i] = Read(model);
        });

        Assert.All(answers, answer => Assert.Equal(expected, answer));
    }

    private static float[] Read(VitLab.Torch.Modules.Sequential model)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        return model.call(arange(8).to(ScalarType.Float32).view(1, 8)).data<float>().ToArray();
    }

    private static float[] Train(long seed)
    {
        using var everything = NewDisposeScope();
        manual_seed(seed);
        using var model = Sequential(Linear(8, 32), GELU(), Dropout(0.2), Linear(32, 3));
        using var optimizer = optim.AdamW(model.parameters(), 0.01);
        var x = randn(16, 8);
        var y = randint(3, [16]);
        var losses = new float[20];
        for (var step = 0; step < losses.Length; step++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            var loss = functional.cross_entropy(model.call(x), y);
            loss.backward();
            optimizer.step();
            losses[step] = loss.ToSingle();
        }
        return losses;
    }

    private static void OnThread(Action work) => OnThreads(1, _ => work());

    private static void OnThreads(int count, Action<int> work)
    {
        var errors = new Exception?[count];
        var threads = Enumerable.Range(0, count).Select(i => new Thread(() =>
        {
            try
            {
                work(i);
            }
            catch (Exception error)
            {
                errors[i] = error;
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.All(errors, Assert.Null);
    }
}
