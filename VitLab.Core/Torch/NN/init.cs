using VitLab.Torch.Tensors;

namespace VitLab.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Initial values of parameters, set in place and without history.</summary>
            public static class init
            {
                /// <summary>Which size a variance is measured by.</summary>
                public enum FanInOut
                {
                    FanIn,
                    FanOut,
                }

                /// <summary>The function that follows a layer.</summary>
                public enum NonlinearityType
                {
                    Linear = 0,
                    Conv1D = 1,
                    Conv2D = 2,
                    Conv3D = 3,
                    ConvTranspose1D = 4,
                    ConvTranspose2D = 5,
                    ConvTranspose3D = 6,
                    Sigmoid = 7,
                    Tanh = 8,
                    ReLU = 9,
                    LeakyReLU = 10,
                }

                public static Tensor zeros_(Tensor tensor) => constant_(tensor, 0);

                public static Tensor ones_(Tensor tensor) => constant_(tensor, 1);

                public static Tensor constant_(Tensor tensor, Scalar val)
                {
                    using var _ = no_grad();
                    return tensor.fill_(val);
                }

                public static Tensor uniform_(Tensor tensor, double low = 0, double high = 1, Generator? generator = null)
                {
                    using var _ = no_grad();
                    return tensor.uniform_(low, high, generator);
                }

                public static Tensor normal_(Tensor tensor, double mean = 0, double std = 1, Generator? generator = null)
                {
                    using var _ = no_grad();
                    return tensor.normal_(mean, std, generator);
                }

                /// <summary>Uniform with variance 2 · gain² / (fan in + fan out).</summary>
                public static Tensor xavier_uniform_(Tensor tensor, double gain = 1.0)
                {
                    var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                    var bound = gain * Math.Sqrt(6.0 / (fanIn + fanOut));
                    return uniform_(tensor, -bound, bound);
                }

                public static Tensor xavier_normal_(Tensor tensor, double gain = 1.0)
                {
                    var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                    return normal_(tensor, 0, gain * Math.Sqrt(2.0 / (fanIn + fanOut)));
                }

                /// <summary>Uniform with variance gain² / fan, for layers followed by a rectifier.</summary>
                /// <param name="a">Slope of the rectifier's negative side, for LeakyReLU.</param>
                public static Tensor kaiming_uniform_(Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU)
                {
                    var bound = Math.Sqrt(3) * KaimingStd(tensor, a, mode, nonlinearity);
                    return uniform_(tensor, -bound, bound);
                }

                public static Tensor kaiming_normal_(Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU) =>
                    normal_(tensor, 0, KaimingStd(tensor, a, mode, nonlinearity));

                public static double calculate_gain(NonlinearityType nonlinearity, double param = 0.0) => nonlinearity switch
                {
                    NonlinearityType.Tanh => 5.0 / 3,
                    NonlinearityType.ReLU => Math.Sqrt(2),
                    NonlinearityType.LeakyReLU => Math.Sqrt(2 / (1 + param * param)),
                    _ => 1,
                };

                public static (long fanIn, long fanOut) CalculateFanInAndFanOut(Tensor tensor)
                {
                    Dims shape = tensor.Core.Shape;
                    if (shape.Rank < 2)
                        throw new ArgumentException($"Fan in and fan out can not be computed for tensor with fewer than 2 dimensions: {shape}");
                    var receptive = shape.Count / Math.Max(shape[0] * shape[1], 1);
                    return (shape[1] * receptive, shape[0] * receptive);
                }

                private static double KaimingStd(Tensor tensor, double a, FanInOut mode, NonlinearityType nonlinearity)
                {
                    var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                    return calculate_gain(nonlinearity, a) / Math.Sqrt(mode == FanInOut.FanIn ? fanIn : fanOut);
                }
            }
        }
    }
}
