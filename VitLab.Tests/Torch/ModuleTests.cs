using VitLab.Torch;
using VitLab.Torch.Modules;
using VitLab.Torch.Utils;
using static VitLab.Torch.torch;
using static VitLab.Torch.torch.nn;

namespace VitLab.Tests.Torch;

public sealed class ModuleTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void StateDict_NestedModules_ListsParametersThenBuffersInFieldOrder()
    {
        using var model = new Mixed();

        Assert.Equal(
            ["cls", "embed.weight", "embed.bias", "blocks.0.weight", "blocks.0.bias", "blocks.1.weight", "head.0.weight", "head.0.bias", "head.norm.weight", "head.norm.bias", "renamed", "mean", "counted"],
            model.state_dict().Keys);
        Assert.Equal(["cls", "embed.weight"], model.named_parameters().Take(2).Select(entry => entry.name));
        Assert.DoesNotContain("scratch", model.state_dict().Keys);
        Assert.Contains("scratch", model.named_buffers().Select(entry => entry.name));
        Assert.Contains("blocks.1", model.named_modules().Select(entry => entry.name));
        Assert.Equal(["embed", "blocks", "head"], model.named_children().Select(entry => entry.name));
    }

    [Fact]
    public void LoadStateDict_OfAnotherInstance_CopiesValues()
    {
        using var source = new Mixed();
        using var target = new Mixed();
        Assert.NotEqual(source.embed.weight.data<float>().ToArray(), target.embed.weight.data<float>().ToArray());

        var (missing, unexpected) = target.load_state_dict(source.state_dict());

        Assert.Empty(missing);
        Assert.Empty(unexpected);
        Assert.Equal(source.embed.weight.data<float>().ToArray(), target.embed.weight.data<float>().ToArray());
        Assert.True(target.embed.weight.requires_grad);
    }

    [Fact]
    public void LoadStateDict_NamesDiffer_ThrowsUnlessLenient()
    {
        using var model = new Mixed();
        var source = model.state_dict();
        source.Remove("cls");
        source["other"] = ones(1);

        var error = Assert.Throws<InvalidOperationException>(() => model.load_state_dict(source));
        Assert.Contains("cls", error.Message, StringComparison.Ordinal);
        Assert.Contains("other", error.Message, StringComparison.Ordinal);

        var (missing, unexpected) = model.load_state_dict(source, strict: false);
        Assert.Equal(["cls"], missing);
        Assert.Equal(["other"], unexpected);
        model.load_state_dict(source, skip: ["cls", "other"]);
    }

    [Fact]
    public void LoadStateDict_ShapeDiffers_NamesTheEntryAndBothShapes()
    {
        using var model = new Mixed();
        var source = model.state_dict();
        source["cls"] = ones(1, 7);

        var error = Assert.Throws<InvalidOperationException>(() => model.load_state_dict(source));

        Assert.Contains("cls", error.Message, StringComparison.Ordinal);
        Assert.Contains("[1, 7]", error.Message, StringComparison.Ordinal);
        Assert.Contains("[1, 4]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Eval_Model_ReachesEveryModule()
    {
        using var model = new Mixed();

        model.eval();
        Assert.All(model.modules(), module => Assert.False(module.training));

        model.train();
        Assert.All(model.modules(), module => Assert.True(module.training));
    }

    [Fact]
    public void Hooks_AroundForward_SeeAndReplaceUntilRemoved()
    {
        using var layer = Identity();
        var calls = new List<string>();
        var before = layer.register_forward_pre_hook((_, input) =>
        {
            calls.Add("before");
            return input * 10;
        });
        var after = layer.register_forward_hook((_, input, output) =>
        {
            calls.Add($"after {input.ToSingle()}");
            return output + 1;
        });
        layer.register_forward_hook(_ => calls.Add("done"));

        Assert.Equal(21, layer.call(tensor([2f])).ToSingle());
        Assert.Equal(["before", "after 20", "done"], calls);
        Assert.Equal(2, layer.forward(tensor([2f])).ToSingle());

        before.remove();
        after.remove();
        Assert.Equal(2, layer.call(tensor([2f])).ToSingle());
    }

    [Fact]
    public void Hook_OnSoftmax_SeesProbabilities()
    {
        using var softmax = Softmax(-1);
        float[]? seen = null;
        softmax.register_forward_hook((_, _, output) =>
        {
            seen = output.data<float>().ToArray();
            return output;
        });

        softmax.call(zeros(1, 4));

        Assert.Equal([0.25f, 0.25f, 0.25f, 0.25f], seen!);
    }

    [Fact]
    public void Parameter_OfATensor_EmptiesItsHandle()
    {
        var source = ones(3);

        using var parameter = new Parameter(source);

        Assert.True(source.IsInvalid);
        Assert.True(parameter.requires_grad);
        Assert.True(parameter.is_leaf);
    }

    [Fact]
    public void Parameter_OfAComputedTensor_IsALeaf()
    {
        using var parameter = new Parameter(ones(3, requires_grad: true) * 2);

        (parameter * 3).sum().backward();

        Assert.True(parameter.is_leaf);
        Assert.Equal(3, parameter.grad!.data<float>()[0]);
    }

    [Fact]
    public void Register_SameNameTwice_Throws()
    {
        using var model = new Mixed();

        Assert.Throws<InvalidOperationException>(() => model.register_buffer("scratch", ones(1)));
        Assert.Throws<InvalidOperationException>(() => model.register_module("embed", Identity()));
        Assert.Throws<ArgumentException>(() => model.register_module("a.b", Identity()));
    }

    [Fact]
    public void ZeroGrad_AfterBackward_ForgetsOrZeroes()
    {
        using var layer = Linear(2, 1);
        layer.call(ones(1, 2)).sum().backward();

        layer.zero_grad(set_to_none: false);
        Assert.Equal([0f, 0], layer.weight.grad!.data<float>().ToArray());

        layer.zero_grad();
        Assert.Null(layer.weight.grad);
    }

    [Fact]
    public void ModuleList_Changed_RenumbersItsNames()
    {
        using var list = new ModuleList<Linear>(Linear(1, 1), Linear(2, 1), Linear(3, 1));

        list.RemoveAt(0);
        list.Insert(0, Linear(4, 1));

        Assert.Equal(["0.weight", "0.bias", "1.weight", "1.bias", "2.weight", "2.bias"], list.state_dict().Keys);
        Assert.Equal(4, list[0].in_features);
    }

    [Fact]
    public void Dropout_SameSeed_RepeatsAndScales()
    {
        using var layer = Dropout(0.25);
        var x = ones(4000);
        manual_seed(7);
        var first = layer.call(x).data<float>().ToArray();
        var second = layer.call(x).data<float>().ToArray();
        manual_seed(7);

        Assert.Equal(first, layer.call(x).data<float>().ToArray());
        Assert.NotEqual(first, second);
        Assert.InRange(first.Count(value => value == 0), 850, 1150);
        Assert.All(first, value => Assert.True(value == 0 || Math.Abs(value - 4f / 3) < 1e-6));

        layer.eval();
        Assert.Equal(x.data<float>().ToArray(), layer.call(x).data<float>().ToArray());
    }

    [Fact]
    public void Dropout_Backward_UsesTheForwardsMask()
    {
        var x = ones(1000, requires_grad: true);

        var y = functional.dropout(x, 0.5);
        y.sum().backward();

        Assert.Equal(y.detach().data<float>().ToArray(), x.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Embedding_PaddingEntry_IsZeroAndLearnsNothing()
    {
        using var table = Embedding(5, 3, padding_idx: 2);
        var y = table.call(tensor([2L, 1, 2]));

        y.sum().backward();

        Assert.Equal([0f, 0, 0], y.detach()[0].data<float>().ToArray());
        Assert.Equal([0f, 0, 0], table.weight.grad![2].data<float>().ToArray());
        Assert.Equal([1f, 1, 1], table.weight.grad![1].data<float>().ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => table.call(tensor([5L])));
    }

    private sealed class Mixed : Module<Tensor, Tensor>
    {
        public readonly Linear embed;
        private readonly ModuleList<Linear> blocks;
        private readonly Parameter cls;
        private readonly Sequential head;
        [ComponentName(Name = "renamed")]
        private readonly Tensor table;
        private readonly Tensor mean;

        public Mixed()
            : base(nameof(Mixed))
        {
            cls = new Parameter(randn(1, 4));
            embed = Linear(3, 4);
            blocks = new ModuleList<Linear>(Linear(4, 4), Linear(4, 4, hasBias: false));
            head = Sequential(("0", Linear(4, 4)), ("norm", LayerNorm(4)));
            table = ones(2);
            mean = zeros(2);
            RegisterComponents();
            register_buffer("counted", zeros(1));
            register_buffer("scratch", zeros(1), persistent: false);
        }

        public override Tensor forward(Tensor input)
        {
            var x = embed.call(input) + cls + table.sum() + mean.sum();
            foreach (var block in blocks)
                x = block.call(x);
            return head.call(x);
        }
    }
}
